import ArgumentParser

/// How a command tells what it came to: figures for people, one JSON object for programs, or
/// nothing.
struct SummaryOptions: ParsableArguments {
  @Flag(help: "Print the summary as one JSON object, for programs.")
  var json = false

  @Flag(help: "Print no summary and no progress; errors are still printed.")
  var quiet = false

  func validate() throws {
    if json && quiet { throw ValidationError("Give --json or --quiet, not both.") }
  }

  /// The line of progress, which only a terminal has, and only if it is wanted.
  var line: ProgressLine { ProgressLine(isWanted: !quiet) }

  /// Prints a summary.
  ///
  /// - Throws: what `pending` throws.
  func show(
    _ figures: FigureList, alarms: [Alarm] = [],
    pending: @autoclosure () throws -> Pending? = nil
  ) throws {
    if quiet { return }
    let pending = try pending()
    if json { return Standard.output(figures.json(alarms, pending)) }
    figures.show()
    alarms.forEach(Standard.show)
    pending.map(Standard.show)
  }
}
