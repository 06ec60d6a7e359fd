import ArgumentParser
import Foundation
import HTTPServer
import IngestService
import Ledger
import Messages
import ServiceRuntime

/// `saldo withdraw`: takes a fact back.
struct WithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Takes a fact back: test data, a typing error, an event sent by mistake.",
    discussion: """
      From then on the books are those without the fact, whichever comes first. What it had \
      posted is reversed, and both stay visible; retiros.csv says what was withdrawn, by whom \
      and why. With --cancel the fact counts again.

      Name an event by its source and id (pendientes.csv has those of what waits), or rows of \
      partes.csv by pedimento, line (secuencia) and part. A fact that is not known yet is \
      withdrawn when it arrives.

      With --to the withdrawal goes to running services. With --data it is added to books that \
      no service runs on, and the reports are written. With --out it is written to a file, for \
      'saldo process' or 'saldo load'.

      Examples:
        saldo withdraw --source /mes/mty --id mes-7 --reason "Test of the interface" \\
          --by "Ana Ruiz" --to http://127.0.0.1:8080
        saldo withdraw --pedimento 262434566000001 --line 1 --part CABLE \\
          --reason "Typed wrong" --data books --export reports
        saldo withdraw --source /mes/mty --id mes-7 --cancel --reason "It was no test" \\
          --out withdrawal.ndjson

      Exit codes: 0 once it is durable; with --data as 'saldo process', 1 and 130 or 143 among \
      them; 2 when it is malformed, is refused, or cannot be sent or written.
      """)

  @Option(help: ArgumentHelp("The source of the event.", valueName: "name"))
  var source: String?

  @Option(help: ArgumentHelp("The id of the event.", valueName: "id"))
  var id: String?

  @Option(help: ArgumentHelp("The pedimento of the rows: 15 digits.", valueName: "digits"))
  var pedimento: String?

  @Option(help: ArgumentHelp("The line of the rows (secuencia).", valueName: "number"))
  var line: Int?

  @Option(help: ArgumentHelp("The part number of the rows.", valueName: "name"))
  var part: String?

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("Who says so.", valueName: "name"))
  var by: String?

  @Flag(help: "Cancels a withdrawal: the fact counts again.")
  var cancel = false

  @Option(
    help: ArgumentHelp("Where the services listen: http://HOST:PORT.", valueName: "url"),
    transform: ServiceAddress.parse)
  var to: ServiceAddress?

  @OptionGroup var token: TokenOptions

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp("The folder to write the reports to, with --data.", valueName: "dir"))
  var export: String?

  @Option(help: ArgumentHelp("The file to write the event to.", valueName: "file"))
  var out: String?

  func validate() throws {
    let (event, row) = (source != nil || id != nil, pedimento != nil || line != nil || part != nil)
    guard event != row, event ? source != nil && id != nil : pedimento != nil && part != nil,
      !row || line != nil
    else {
      throw ValidationError(
        "Which fact? Give --source and --id of an event, or --pedimento, --line and --part of rows "
          + "of partes.csv.")
    }
    guard [to != nil, data != nil, out != nil].filter({ $0 }).count == 1 else {
      throw ValidationError("Where to? Give one of --to, --data and --out.")
    }
    guard (data != nil) == (export != nil) else {
      throw ValidationError("Give --data together with --export: the reports are written again.")
    }
  }

  func run() async throws {
    let event = WithdrawalEvent(
      data: WithdrawalEvent.Content(
        source: source, id: id, pedimento: pedimento, line: line, part: part, reason: reason,
        by: by, cancels: cancel ? true : nil))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = [UInt8](try encoder.encode(event))
    try Self.check(bytes)
    if let out {
      try Self.write(bytes, to: out)
      Standard.output("\(out): \(event.said) as event \(event.id)")
    } else if let data, let export {
      try await take(bytes, as: event.id, into: data, export)
    } else if let to {
      try await send(bytes, to: to)
      Standard.output("\(event.said) as event \(event.id) of \(event.source)")
    }
  }

  /// Says what is wrong with what was given, in the words in which it was given.
  private static func check(_ event: [UInt8]) throws {
    var decoder = EventDecoder()
    do throws(Rejection) {
      _ = try decoder.decode(event)
    } catch {
      let option = "--" + (error.field.split(separator: ".").last.map(String.init) ?? "")
      let expected = error.code.expected.map { ": expected \($0)" } ?? ": \(error.code.rawValue)"
      throw ArgumentError(option, "\"\(error.value)\" is not accepted\(expected)")
    }
  }

  private static func write(_ event: [UInt8], to path: String) throws {
    do {
      try Data(event + [UInt8(ascii: "\n")]).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw ArgumentError(path, "cannot be written: \(error.localizedDescription)")
    }
  }

  private func take(
    _ event: [UInt8], as id: String, into data: String, _ export: String
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "saldo-\(id)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "withdrawal.ndjson").path
    try Self.write(event, to: file)
    let command = try SaldoCommand.parseAsRoot([
      "process", file, "--data", data, "--export", export,
    ])
    guard var process = command as? any AsyncParsableCommand else { return }
    try await process.run()
  }

  private func send(_ event: [UInt8], to address: ServiceAddress) async throws {
    let answer = try await Sending.send(
      try address.client(try token.token), "\(address.path)/v1/events",
      headers: [.contentType: "application/cloudevents+json"], .bytes(event)
    ) { ArgumentError("\(address)", "cannot be reached: \($0)") }
    guard answer.status == .accepted else {
      throw ArgumentError("\(address)", "refused with \(Sending.refusal(answer))")
    }
  }
}

/// The event that a withdrawal by a person becomes.
private struct WithdrawalEvent: Encodable {
  struct Content: Encodable {
    var source: String?
    var id: String?
    var pedimento: String?
    var line: Int?
    var part: String?
    var reason: String
    var by: String?
    var cancels: Bool?
  }

  var data: Content
  var id = UUID().uuidString
  var source = "/saldo/withdraw"
  var specversion = "1.0"
  var time = Instant(nanoseconds: WallClock.nanoseconds)
  var type = "immex.withdrawal.v1"

  /// What it does, for people.
  var said: String { data.cancels == true ? "counts again" : "withdrawn" }
}
