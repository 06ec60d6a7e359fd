import ArgumentParser
import Foundation
import Ledger
import Messages
import ReportingRules
import ReportingService
import ServiceRuntime

/// `saldo transfers`: the two sides of virtual transfers, and what people decide about them.
struct TransfersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfers",
    abstract: "Shows virtual transfers (V1), and pairs or separates their two sides.",
    discussion: """
      A transfer is the sender's export and the receiver's import. They are paired \
      automatically if one names the other, or if goods, quantity and date leave no doubt; \
      otherwise a person decides.

      Examples:
        saldo transfers list --data books
        saldo transfers show 262434566000001 --data books
        saldo transfers pair MNO010101AB1/262434566000001 BRX990101CD2/262434566000002 \\
          --to http://127.0.0.1:8080 --by "Ana Ruiz" --reason "Same invoice, 4711"
      """,
    subcommands: [
      ListCommand.self, ShowCommand.self, PairCommand.self, UnpairCommand.self,
    ])

  /// `saldo transfers list`.
  struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the transfers of a data folder, even while the services run on it.",
      discussion: """
        Each line has the id, the state, the days between the two sides (or since the only one), \
        the sender's document, the receiver's, and what they disagree on.

        With --log kafka://HOST:PORT the data folder is the command's own, as for 'saldo export'.

        Examples:
          saldo transfers list --data books
          saldo transfers list --data books --state vencida --state difiere --transfer-days 20
          saldo transfers list --log kafka://127.0.0.1:9092 --data reader

        Exit codes: 0 when they are listed; 2 when the folder has no books.
        """)

    @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
    var data: String

    @OptionGroup var eventLog: EventLogOptions

    @Option(
      help: ArgumentHelp(
        "Only transfers in this state; may be given several times: "
          + TransferStanding.allCases.map(\.rawValue).joined(separator: ", ") + ".",
        valueName: "word"))
    var state: [TransferStanding] = []

    @OptionGroup var looking: TransferDayOptions

    func run() async throws {
      try await TransferFollowing(eventLog: eventLog, data: data).catchUp()
      let today = try looking.day(of: data)
      try TransferBook(dataDirectory: data).forEach { transfer in
        let day = today.of(company: transfer.senderRFC)
        let standing = TransferStanding(transfer, today: day, allowed: looking.transferDays)
        guard state.isEmpty || state.contains(standing) else { return }
        let differs = transfer.differs.map(\.word).joined(separator: " ")
        let fields = [
          transfer.id, standing.rawValue, "\(TransferStanding.days(transfer, today: day))",
          TransferText.document(transfer.sender, of: transfer.senderRFC),
          TransferText.document(transfer.receiver, of: transfer.receiverRFC), differs,
        ]
        Standard.output(fields.filter { !$0.isEmpty }.joined(separator: "  "))
      }
    }
  }

  /// `saldo transfers show`.
  struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows one transfer: both sides, their goods, candidates and decisions.",
      discussion: """
        Examples:
          saldo transfers show 262434566000001 --data books
          saldo transfers show MNO010101AB1:BRX990101CD2:262434566000001 --data books

        Exit codes: 0 when it is shown; 2 when there is no such transfer, or no books.
        """)

    @Argument(
      help: ArgumentHelp("A transfer's id, or the pedimento of a side.", valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
    var data: String

    @OptionGroup var eventLog: EventLogOptions

    @OptionGroup var looking: TransferDayOptions

    func run() async throws {
      try await TransferFollowing(eventLog: eventLog, data: data).catchUp()
      let found = try TransferBook(dataDirectory: data).transfers(of: id)
      guard !found.isEmpty else {
        throw ArgumentError(
          id, "no transfer of that id or pedimento: 'saldo transfers list' has all")
      }
      let today = try looking.day(of: data)
      for transfer in found {
        let day = today.of(company: transfer.senderRFC)
        for line in TransferText.lines(transfer, day, looking.transferDays) {
          Standard.output(line)
        }
      }
    }
  }
}

/// The day on which transfers are looked at.
struct TransferDayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day, YYYY-MM-DD, against which days are counted. (default: today, by the clocks of the "
        + "sender's plants)",
      valueName: "day"),
    transform: ReportOptions.parseDay)
  var today: CalendarDate?

  @Option(
    help: ArgumentHelp(
      "How many days a side may be without the other.", valueName: "days"))
  var transferDays = ReportExport.transferDays

  /// The day that was asked for, or today, for the companies of a data folder.
  func day(of data: String) throws -> ReportDay {
    try ReportDay(today, now: Instant(nanoseconds: WallClock.nanoseconds), dataDirectory: data)
  }

  func validate() throws {
    try ReportOptions.checkDays(transferDays, of: "--transfer-days")
  }
}

extension TransferStanding: ExpressibleByArgument {}
