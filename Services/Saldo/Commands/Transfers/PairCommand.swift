import ArgumentParser
import Foundation
import HTTPServer
import Messages

extension TransfersCommand {
  /// `saldo transfers pair`.
  struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pair",
      abstract: "Says that two documents are the two sides of one transfer.",
      discussion: """
        The decision counts until either document is rectified, or until a later decision about \
        it. Who decided, when and why stays in the books.

        Examples:
          saldo transfers pair MNO010101AB1/262434566000001 BRX990101CD2/262434566000002 \\
            --to http://127.0.0.1:8080 --by "Ana Ruiz" --reason "Same invoice, 4711"
          saldo transfers pair MNO010101AB1/262434566000001 BRX990101CD2/262434566000002 \\
            --log kafka://127.0.0.1:9092 --data reader --by "Ana Ruiz" --reason "Same invoice"

        Exit codes: 0 once the decision is durable; 2 when it is refused or cannot be sent.
        """)

    @OptionGroup var decision: DecisionOptions

    func run() async throws { try await decision.send(.pair) }
  }

  /// `saldo transfers unpair`.
  struct UnpairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unpair",
      abstract: "Says that two documents are not the two sides of one transfer.",
      discussion: """
        The two are no longer paired with each other, whatever else suggests it, until a later \
        decision or a rectification.

        Examples:
          saldo transfers unpair MNO010101AB1/262434566000001 BRX990101CD2/262434566000002 \\
            --to http://127.0.0.1:8080 --by "Ana Ruiz" --reason "Another invoice"

        Exit codes: 0 once the decision is durable; 2 when it is refused or cannot be sent.
        """)

    @OptionGroup var decision: DecisionOptions

    func run() async throws { try await decision.send(.unpair) }
  }
}

/// A decision about two documents, on its way to running services.
struct DecisionOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The sender's export: RFC/PEDIMENTO.", valueName: "sender"),
    transform: Self.document)
  var sender: TransferDocument

  @Argument(
    help: ArgumentHelp("The receiver's import: RFC/PEDIMENTO.", valueName: "receiver"),
    transform: Self.document)
  var receiver: TransferDocument

  @Option(
    help: ArgumentHelp("Where 'saldo up' listens: http://HOST:PORT.", valueName: "url"),
    transform: ServiceAddress.parse)
  var to: ServiceAddress?

  @Option(
    help: ArgumentHelp(
      "With --log, the folder of the read models that follow the cluster's topics.",
      valueName: "dir"))
  var data: String?

  @OptionGroup var eventLog: EventLogOptions

  @OptionGroup var token: TokenOptions

  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var by: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String

  func validate() throws {
    try eventLog.checkTarget(to)
    guard try (data != nil) == eventLog.isShared else {
      throw ValidationError("--log and --data belong together.")
    }
  }

  /// Sends the decision, and says what became of it.
  func send(_ verdict: PairVerdict) async throws {
    let request = DecisionRequest(by: by, reason: reason, receiver: receiver, sender: sender)
    if let to {
      try await tell(request, verdict, to)
    } else if let data {
      let id = try await TransferFollowing(eventLog: eventLog, data: data).send(request, verdict)
      tell(verdict, id)
    }
  }

  private func tell(_ verdict: PairVerdict, _ id: String) {
    Standard.output("\(verdict.rawValue) is in the books as event \(id)")
  }

  private func tell(
    _ request: DecisionRequest, _ verdict: PairVerdict, _ to: ServiceAddress
  ) async throws {
    let body = try JSONEncoder().encode(request)
    let answer = try await Sending.send(
      try to.client(try token.token), "\(to.path)/v1/transfers/\(verdict.rawValue)",
      headers: [.contentType: "application/json"], .bytes([UInt8](body))
    ) { ArgumentError("\(to)", "cannot be reached: \($0)") }
    guard answer.status == .accepted else {
      throw ArgumentError("\(to)", "refused with \(Sending.refusal(answer))")
    }
    tell(verdict, try JSONDecoder().decode(DecisionAnswer.self, from: Data(answer.body)).id)
  }

  private static func document(_ text: String) throws -> TransferDocument {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ValidationError("'\(text)' is not of the form RFC/PEDIMENTO.")
    }
    return TransferDocument(pedimento: String(parts[1]), rfc: String(parts[0]))
  }
}
