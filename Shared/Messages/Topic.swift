/// A topic of the system: who writes it, how it is keyed, what is in it.
public enum Topic: String, Sendable, CaseIterable {
  /// CloudEvents as producers send them, with any key.
  case inbound = "saldo.inbound"
  /// Checked events: customs documents, moves and rows of partes.csv by RFC, the catalogue in every
  /// partition.
  case documents = "saldo.documents"
  /// ``Movement``s by plant and part.
  case movements = "saldo.movements"
  /// ``LedgerEntry``s by plant and part.
  case ledger = "saldo.ledger"
  /// ``DocumentRecord``s by RFC: what the documents stage made of each document.
  case records = "saldo.records"
  /// The catalogue for readers: the event that counts of each company, plant, part and BOM.
  case catalog = "saldo.catalog"
  /// ``RejectedEvent``s by identity.
  case rejected = "saldo.rejected"
  /// ``PostingRow``s, ``ShortageRow``s and ``ReceiptRow``s by plant and part; ``ExitRow``s,
  /// ``MoveRow``s and ``SubmanufactureRow``s by RFC: for readers outside.
  case report = "saldo.report"
  /// ``BalanceRow``s by plant, part, pedimento and line, for readers outside.
  case balances = "saldo.balances"

  /// ``SideMessage``s by the two companies of a virtual transfer.
  case sides = "saldo.sides"
  /// ``TransferState``s by their id.
  case transfers = "saldo.transfers"
  /// ``SettingFact``s by their name, in one partition. No stage reads it.
  case settings = "saldo.settings"

  /// Whether it is for readers outside and no stage reads it.
  public var isReport: Bool { self == .report || self == .balances }

  /// Whether it has one partition, however many the others have.
  public var hasOnePartition: Bool { self == .settings }

  /// Whether only the last record of a key need be kept.
  public var isCompacted: Bool { self == .catalog || self == .balances || self == .transfers }
}
