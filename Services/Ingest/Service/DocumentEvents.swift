import Foundation
import IngestRules
import Ledger
import Messages
import SQLite
import Store

/// The events behind documents, as the documents stage of a data folder keeps them, also while the
/// services run.
public struct DocumentEvents {
  /// An event, and where it stands.
  public struct Found: Sendable {
    /// The company's, as it was asked for.
    public var rfc: String
    /// The document's number.
    public var document: String
    /// The CloudEvents type.
    public var type: String
    /// The CloudEvents source.
    public var source: String
    /// The CloudEvents id.
    public var id: String
    /// The CloudEvents time; nil where the event has none of its own.
    public var time: Instant?
    /// Milliseconds since the epoch.
    public var received: Int64
    /// Whether no other version counts in its stead, and it was not withdrawn.
    public var counts: Bool
    /// The file that it came from.
    public var place: EventPlace?
    /// Where it lies in the inbound topic; nil where nobody noted it.
    public var origin: FactOrigin?
  }

  private let stores: [(path: String, db: Connection, withdrawals: Withdrawals)]

  /// Opens the documents of a data folder; nil where it has none.
  ///
  /// - Throws: what a store fails with.
  public init?(dataDirectory: String) throws {
    let folder = dataDirectory + "/ingest"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.filter { $0.hasPrefix("documents-") && $0.hasSuffix(".sqlite") }.sorted()
    guard !found.isEmpty else { return nil }
    stores = try found.compactMap { name in
      let path = "\(folder)/\(name)"
      let db = try Connection(path: path, .read)
      try db.execute("BEGIN")
      // One that is begun has no tables yet.
      let layout = try db.scalar("PRAGMA user_version", as: Int.self) ?? 0
      guard layout == StageStore.layout(SQLiteDocumentsStorage.migrations) else { return nil }
      return (path, db, try Self.withdrawals(db))
    }
  }

  /// The events behind a document, in the order in which they came; none where it is not known.
  ///
  /// - Parameter limit: how many at most.
  public func events(
    of kind: DocumentRecord.Kind, rfc: String, number: String, limit: Int
  ) throws -> [Found] {
    let id = DocumentID(kind: kind, rfc: rfc, number: number)
    var found: [Found] = []
    for store in stores {
      let row = try store.db.statement("SELECT id, body FROM document WHERE name = ?").bind(id.text)
        .first { row in
          (try row[0] as Int64, try row.withUnsafeBytes(1, StoredDocumentCoding.read))
        }
      guard let row, let document = row.1 else { continue }
      var facts = document.versions == 0 ? [document.main].compactMap { $0 } : []
      facts += document.facts
      if document.more > 0 {
        try SQLiteDocumentsStorage.facts(of: row.0, store.db) { fact in
          if facts.count <= limit { facts.append(fact) }
        }
      }
      var decoder = EventDecoder()
      for fact in facts.prefix(limit + 1) {
        guard let event = try? decoder.decode(fact.event) else { continue }
        let isVersion = Self.isVersion(event)
        let isMain = document.main?.event == fact.event
        found.append(
          Found(
            rfc: rfc, document: number, type: event.type, source: event.source, id: event.id,
            time: event.type == "saldo.partes.v1" ? nil : event.time, received: fact.received,
            counts: (!isVersion || isMain) && !store.withdrawals.isWithdrawn(event),
            place: EventPlace.taken(from: fact.event).place, origin: fact.origin))
      }
    }
    return found
  }

  /// Whether an event says the whole document, of which one version counts.
  private static func isVersion(_ event: InboundEvent) -> Bool {
    switch event.payload {
    case .pedimento, .dataStage, .destruction, .destructionNotice: true
    default: false
    }
  }

  private static func withdrawals(_ db: Connection) throws -> Withdrawals {
    var decoder = EventDecoder()
    var withdrawals = Withdrawals()
    try db.query("SELECT event FROM withdrawal_of ORDER BY target") { row in
      if let event = try? decoder.decode(row.unsafeBytes(0)) { withdrawals.take(event) }
    }
    return withdrawals
  }
}
