import Ledger
import Messages

/// In which report the lines of a document stand.
public enum DocumentPlace: Int64, Sendable {
  /// In none: moves, sub-manufacture, withdrawals, and documents that do not count.
  case none = 0
  /// Imports, with and without effect on quantities.
  case entries = 1
  /// Exports, changes of regime and acts.
  case exits = 2

  /// The place of a document as its record says it stands.
  public init(_ record: DocumentRecord) {
    switch (record.kind, record.state) {
    case (.move, _), (.notice, _), (.submanufacture, _), (.withdrawal, _), (_, .replaced),
      (_, .desisted), (_, .waiting), (_, .unknown), (_, .withdrawn):
      self = .none
    case (.act, .counts), (.act, .listed): self = .exits
    case (.pedimento, .counts), (.pedimento, .listed):
      guard let clave = record.clave, let operation = record.operation else {
        self = .none
        return
      }
      let discharges = DocumentEffect.of(clave: clave, operation: operation) == .discharges
      self = operation == .import && !discharges ? .entries : .exits
    }
  }
}
