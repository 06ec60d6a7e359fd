import Foundation
import IngestRules
import Ledger
import Messages
import SQLite
import Store

/// What rows of partes.csv are still missing of the pedimentos of a data folder's Data Stages, as a
/// partes.csv that is to be filled in.
///
/// It reads the documents as they stand at one moment of each partition, also while the services
/// run.
public struct PartesSkeleton: Sendable {
  /// The rows, by RFC, pedimento and partida.
  public let rows: [MissingPartes]

  /// - Throws: ``PartesSkeletonError`` where there are no documents; what a store fails with.
  public init(dataDirectory: String) throws {
    let folder = dataDirectory + "/ingest"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let stores = names.filter { $0.hasPrefix("documents-") && $0.hasSuffix(".sqlite") }.sorted()
    guard !stores.isEmpty else { throw PartesSkeletonError.noDocuments(dataDirectory) }
    var rows: [MissingPartes] = []
    // Each partition has the whole catalogue, and all withdrawals.
    var catalog: SkeletonCatalog?
    for store in stores {
      do {
        try Self.add(from: "\(folder)/\(store)", to: &rows, &catalog)
      } catch {
        DamageMark.set(on: "\(folder)/\(store)", if: error)
        throw error
      }
    }
    self.rows = rows.sorted { a, b in
      (a.rfc, a.pedimento, a.line) < (b.rfc, b.pedimento, b.line)
    }
  }

  private static func add(
    from store: String, to rows: inout [MissingPartes], _ catalog: inout SkeletonCatalog?
  ) throws {
    let db = try Connection(path: store, .read)
    try db.execute("BEGIN")
    if let rules = try StoreRules.read(db), rules != 0, rules != RulesVersion.current {
      throw PartesSkeletonError.otherRules(store: store, rules: rules)
    }
    let known = try catalog ?? SkeletonCatalog(db)
    catalog = known
    try db.query("SELECT name, body, id FROM document WHERE name >= 'P' AND name < 'Q'") { row in
      guard var document = try StoredDocumentCoding.read(row.unsafeBytes(1)) else {
        let name: String = try row[0]
        throw PartesSkeletonError.unreadable(store: store, document: name)
      }
      if document.more > 0 {
        // The rows that lie beside the document.
        let id: Int64 = try row[2]
        let more: [[UInt8]] = try db.statement(
          "SELECT event FROM fact WHERE document = ? ORDER BY id"
        ).bind(id).column()
        document.facts += more.map { StoredFact(event: $0, received: 0) }
      }
      rows += try Self.missing(of: document, known)
    }
    try db.close()
  }

  private static func missing(
    of document: StoredDocument, _ catalog: SkeletonCatalog
  ) throws -> [MissingPartes] {
    var decoder = EventDecoder()
    guard let main = waiting(document, catalog.withdrawals, &decoder),
      case .dataStage(let record)? = payload(main.event, &decoder), !record.neverCounts,
      DocumentEffect.of(clave: record.clave, operation: record.operation) != .none
        || record.isRectification
    else { return [] }
    var taken: [Int32: (quantity: ExactDecimal, value: Money)] = [:]
    for row in rows(of: document, catalog.withdrawals, &decoder).counting.map(\.row)
    where row.rfc == record.rfc {
      let known = taken[row.line] ?? (.zero, .zero)
      taken[row.line] = (
        try known.quantity + row.quantity, try known.value.adding(row.value)
      )
    }
    let descriptions = descriptions(main.event)
    return try record.partidas.compactMap { partida in
      let known = taken[partida.line] ?? (.zero, .zero)
      guard known.quantity < partida.quantity else { return nil }
      return MissingPartes(
        rfc: record.rfc, pedimento: record.pedimento, line: partida.line,
        plant: catalog.onlyPlant(of: record.rfc) ?? "",
        quantity: try partida.quantity - known.quantity, uom: partida.uom,
        value: partida.value > known.value ? partida.value - known.value : .zero,
        description: descriptions[partida.line] ?? "", tariffItem: partida.tariffItem,
        nico: partida.nico,
        candidates: catalog.parts(tariffItem: partida.tariffItem, uom: partida.uom))
    }
  }

  private static func rows(
    of document: StoredDocument, _ withdrawals: Withdrawals, _ decoder: inout EventDecoder
  ) -> PartesRows {
    var rows: [PartesRows.Row] = []
    for (fact, part) in document.facts.enumerated() {
      guard let event = try? decoder.decode(part.event),
        case .partes(let row) = event.payload, !withdrawals.isWithdrawn(event)
      else { continue }
      rows.append(PartesRows.Row(fact: fact, source: event.source, id: event.id, row: row))
    }
    return PartesRows(rows)
  }

  /// The version that rows are for: the greatest, which waits for them beside the one that counts.
  private static func waiting(
    _ document: StoredDocument, _ withdrawals: Withdrawals, _ decoder: inout EventDecoder
  ) -> StoredFact? {
    guard document.versions > 0 else { return document.main }
    var greatest: (version: FactVersion, fact: StoredFact)?
    for fact in document.facts {
      guard let event = try? decoder.decode(fact.event),
        !withdrawals.isWithdrawn(event)
      else { continue }
      switch event.payload {
      case .dataStage, .pedimento:
        if let greatest, event.version <= greatest.version { continue }
        greatest = (event.version, fact)
      default: continue
      }
    }
    return greatest?.fact
  }

  private static func payload(
    _ event: [UInt8], _ decoder: inout EventDecoder
  ) -> InboundEvent.Payload? {
    (try? decoder.decode(event))?.payload
  }

  /// What customs calls the goods: it has no say in the books, and is in the event alone.
  private static func descriptions(_ event: [UInt8]) -> [Int32: String] {
    struct Envelope: Decodable {
      struct Data: Decodable { var partidas: [Partida]? }
      struct Partida: Decodable {
        var secuencia: String?
        var descripcion: String?
      }
      var data: Data
    }
    let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(event))
    return (envelope?.data.partidas ?? []).reduce(into: [:]) { texts, partida in
      guard let line = partida.secuencia.flatMap({ Int32($0) }) else { return }
      texts[line] = partida.descripcion
    }
  }
}

/// What is missing of one partida.
public struct MissingPartes: Sendable, Equatable {
  /// The company's.
  public var rfc: String
  /// Its fifteen digits.
  public var pedimento: String
  /// The partida (secuencia).
  public var line: Int32
  /// The company's plant, where it has one only.
  public var plant: String
  /// In ``uom``: what no row tells of yet.
  public var quantity: ExactDecimal
  /// Customs' commercial unit; nil if the record says none.
  public var uom: UnitOfMeasure?
  /// MXN, of the partida's what no row tells of yet.
  public var value: Money
  /// What customs calls the goods.
  public var description: String
  /// Eight digits.
  public var tariffItem: String
  /// Of the tariff item, two digits.
  public var nico: String
  /// Parts of the catalogue with the tariff item, and with the unit or a factor of it.
  public var candidates: [String]
}

/// Why there is no skeleton.
public enum PartesSkeletonError: Error, CustomStringConvertible {
  /// The folder is no data folder, or of a process that does not ingest.
  case noDocuments(String)
  /// A store of another version, or a damaged one.
  case unreadable(store: String, document: String)
  /// A store that other rules made than this program's.
  case otherRules(store: String, rules: UInt32)

  public var description: String {
    switch self {
    case .noDocuments(let folder):
      "\(folder) holds no documents: name the data folder of 'process', 'up' or 'ingest'"
    case .unreadable(let store, let document):
      "\(store): document \(document) cannot be read: start the services on the folder first"
    case .otherRules(let store, let rules):
      "\(store) was made under rules \(rules), and this program has \(RulesVersion.current): start "
        + "the services on the folder first, or use the later program"
    }
  }
}

/// What of the catalogue the rows of a skeleton are filled with.
private struct SkeletonCatalog {
  private var parts: [String: [Part]] = [:]
  private var plants: [String: [String]] = [:]
  private(set) var withdrawals = Withdrawals()

  init(_ db: Connection) throws {
    var decoder = EventDecoder()
    // The store of an earlier version has them elsewhere, or none.
    let tables =
      try db.statement(
        "SELECT name FROM sqlite_master WHERE name IN ('withdrawal_of', 'withdrawal')"
      ).bind().column() as [String]
    for table in tables {
      try db.query("SELECT event FROM \(table) ORDER BY target") { row in
        if let event = try? decoder.decode(row.unsafeBytes(0)) { withdrawals.take(event) }
      }
    }
    try db.query("SELECT event FROM catalog ORDER BY key") { row in
      switch try? decoder.decode(row.unsafeBytes(0)).payload {
      case .part(let part): parts[part.tariffItem, default: []].append(part)
      case .plant(let plant): plants[plant.rfc, default: []].append(plant.plant)
      default: break
      }
    }
  }

  func onlyPlant(of rfc: String) -> String? {
    let own = plants[rfc] ?? []
    return own.count == 1 ? own[0] : nil
  }

  func parts(tariffItem: String, uom: UnitOfMeasure?) -> [String] {
    (parts[tariffItem] ?? []).filter { part in
      uom.map { part.factor(of: $0) != nil } ?? true
    }.map(\.part)
  }
}
