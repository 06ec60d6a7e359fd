import Ledger
import Messages
import TransferRules

/// The pairs core over a storage in memory, and the rows that it has sent so far.
struct PairsDesk {
  private var pairs: Pairs<MemoryPairs>
  /// The last state of each row that is not withdrawn.
  private(set) var rows: [String: TransferState] = [:]
  /// How many states were sent.
  private(set) var sent = 0

  init(days: Int32 = 10) { pairs = Pairs(storage: MemoryPairs(), days: days) }

  mutating func take(_ messages: [SideMessage]) throws {
    for message in messages { try take(message) }
  }

  mutating func take(_ message: SideMessage) throws {
    var states: [TransferState] = []
    try pairs.apply(message) { states.append($0) }
    for state in states {
      sent += 1
      if let last = rows[state.id], last.revision >= state.revision {
        throw Backwards(id: state.id, revision: state.revision)
      }
      rows[state.id] = state.state == .withdrawn ? nil : state
    }
  }

  /// Every row in a line: `export-import state by differs candidates`, by numbers' last digits.
  var described: [String] { rows.values.map(Self.described).sorted() }

  struct Backwards: Error {
    var id: String
    var revision: Int64
  }

  static func described(_ state: TransferState) -> String {
    let documents = [state.sender, state.receiver].map { $0.map { short($0.pedimento) } ?? "?" }
    var words = [documents.joined(separator: "-"), state.state.rawValue]
    if let pairing = state.pairing { words.append(pairing.rawValue) }
    words += state.differs.map(\.rawValue)
    if !state.candidates.isEmpty {
      words.append("<" + state.candidates.map { short($0.pedimento) }.joined(separator: " ") + ">")
    }
    return words.joined(separator: " ")
  }

  static func short(_ pedimento: String) -> String {
    String(pedimento.drop { $0 == "0" })
  }
}

/// Everything in dictionaries.
private struct MemoryPairs: PairsStorage {
  private var sides: [SideName: TransferSide] = [:]
  private var marks: [String: [SideName: CalendarDate]] = [:]
  private var decided: [PairDecision] = []
  private var rows: [String: SentTransfer] = [:]
  private var withdrawals: [FactName: WithdrawalMessage] = [:]

  func side(_ name: SideName) -> TransferSide? { sides[name] }

  mutating func save(_ side: TransferSide, as name: SideName, marks new: [SideMark]) {
    for text in marks.keys { marks[text]?[name] = nil }
    sides[name] = side
    for mark in new { marks[mark.text, default: [:]][name] = mark.date }
  }

  func sides(marked mark: String) -> [TransferSide] {
    (marks[mark] ?? [:]).keys.compactMap { sides[$0] }
  }

  func sides(marked mark: String, from: CalendarDate, to: CalendarDate) -> [TransferSide] {
    (marks[mark] ?? [:]).filter { from <= $0.value && $0.value <= to }.keys
      .compactMap { sides[$0] }
  }

  func fingerprint(ofDecision id: String, source: String) -> String? {
    decided.first { $0.id == id && $0.source == source }?.fingerprint
  }

  mutating func save(_ decision: PairDecision) { decided.append(decision) }

  func decision(_ name: FactName) -> PairDecision? { decided.first { $0.name == name } }
  func withdrawal(of decision: FactName) -> WithdrawalMessage? { withdrawals[decision] }
  mutating func save(_ withdrawal: WithdrawalMessage) { withdrawals[withdrawal.of] = withdrawal }

  func decisions(about document: TransferDocument) -> [PairDecision] {
    decided.filter {
      ($0.sender == document || $0.receiver == document)
        && withdrawals[$0.name]?.cancels ?? true
    }
  }

  func sent(_ id: String) -> SentTransfer? { rows[id] }
  mutating func save(_ id: String, _ sent: SentTransfer) { rows[id] = sent }
}
