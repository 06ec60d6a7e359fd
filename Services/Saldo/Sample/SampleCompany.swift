/// Makes up a company's facts: realistic in shape, plausible in number, the same for every seed.
public enum SampleCompany {
  /// Writes a company to a folder, which is made if it is not there: `catalogo.ndjson` (companies,
  /// plants, parts, bills of materials), each company's Data Stage (`{folio}_Solicitudes.zip`, one
  /// or more), `partes.csv` for all of them, and `movimientos.ndjson` (stock events, moves, notices
  /// and acts of destruction). Memory does not grow with the days.
  ///
  /// - Parameter progress: told the movements written so far, once a day of the plan.
  public static func write(
    _ plan: SamplePlan, to directory: String, progress: (Int) -> Void
  ) throws -> SampleSummary {
    try plan.validate()
    let folder = try SampleFolder(directory)
    let run = SampleRun(plan, folder)
    try folder.open(plan, run.catalogue)
    var summary = try run.run(progress: progress)
    summary.files = try folder.finish()
    return summary
  }

  /// The same company as one stream of events in order of arrival, pedimentos among them. The
  /// bytes given to `body` are one event without a line end, and are good during the call only.
  public static func events(
    _ plan: SamplePlan, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> SampleSummary {
    try plan.validate()
    return try withoutActuallyEscaping(body) { body in
      try SampleRun(plan, SampleStream(body)).run { _ in }
    }
  }
}

/// Everything as events.
private final class SampleStream: SampleSink {
  private let body: (UnsafeRawBufferPointer) throws -> Void
  let takesPedimentoEvents = true

  init(_ body: @escaping (UnsafeRawBufferPointer) throws -> Void) { self.body = body }

  func event(_ kind: EventKind, _ bytes: UnsafeRawBufferPointer) throws { try body(bytes) }
  func document(_ document: SampleDocument) {}
  func unbooked(_ document: SampleDocument, type: Int) {}
}
