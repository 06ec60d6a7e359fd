import ArgumentParser
import Ledger
import ReportingService
import SaldoComposition

/// Which moment of the books is reported, and what it is held against.
struct MomentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The instant, such as 2026-03-31T18:00:00-06:00, by which the ledger had posted what is "
        + "reported.", valueName: "instant"),
    transform: Self.instant)
  var conocido: Instant?

  @Option(
    help: ArgumentHelp(
      "The name of a moment, as an export or an answer over HTTP gives it: the books of that "
        + "moment, to the byte.", valueName: "token"),
    transform: Self.moment)
  var corte: Corte?

  @Option(
    help: ArgumentHelp(
      "Write the difference from another moment: al:DAY, conocido:INSTANT or corte:TOKEN.",
      valueName: "moment"),
    transform: Self.contrast)
  var contra: ContrastChoice?

  private static func instant(_ text: String) throws -> Instant {
    do {
      return try Instant(text)
    } catch {
      throw ValidationError(
        "'\(text)' is not an instant of the form YYYY-MM-DDThh:mm:ss, with Z or an offset.")
    }
  }

  private static func moment(_ token: String) throws -> Corte {
    do {
      return try Corte(token: token)
    } catch {
      throw ValidationError("'\(token)' is no corte: \(error).")
    }
  }

  private static func contrast(_ text: String) throws -> ContrastChoice {
    guard let contrast = ContrastChoice(text) else {
      throw ValidationError(
        "'\(text)' is no moment: give al:DAY, conocido:INSTANT or corte:TOKEN.")
    }
    return contrast
  }

  func validate() throws {
    if conocido != nil, corte != nil {
      throw ValidationError("Give --conocido or --corte: a corte is of one moment.")
    }
  }

  /// Whether books of an earlier moment are to be made, of the log in the data folder.
  var needLog: Bool {
    if case .moment = contra { return true }
    return conocido != nil || corte != nil
  }

  /// The same export of the moment.
  func applied(to export: ReportExport) -> ReportExport {
    var export = export
    if let conocido { export.moment = .known(conocido) }
    if let corte { export.moment = .corte(corte) }
    export.contrast = contra
    export.log = FolderLog.opening(export.dataDirectory)
    return export
  }
}
