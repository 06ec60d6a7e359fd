import IngestRules
import Ledger
import Messages

/// A stored document's bytes: little-endian integers and counted text and bytes.
///
/// The layout is on disk: a new one gets a new first byte, and the old one stays readable.
enum StoredDocumentCoding {
  private static let layout: UInt8 = 4
  /// Without the places of facts in the inbound topic.
  private static let thirdLayout: UInt8 = 3
  /// With one fingerprint for the record, and all facts within the document.
  private static let secondLayout: UInt8 = 2
  /// Without the side of a virtual transfer.
  private static let firstLayout: UInt8 = 1

  static func write(_ document: StoredDocument) -> [UInt8] {
    var writer = ByteWriter()
    writer.integer(layout)
    writer.integer(kinds.firstIndex(of: document.id.kind).map { UInt8($0) } ?? 0)
    writer.text(document.id.rfc)
    writer.text(document.id.number)
    writer.integer(document.main == nil ? UInt8(0) : 1)
    if let main = document.main { write(main, &writer) }
    writer.integer(UInt32(document.facts.count))
    for fact in document.facts { write(fact, &writer) }
    writer.text(document.rectifies ?? "")
    writer.integer(UInt32(document.sent.count))
    for sent in document.sent { write(sent, &writer) }
    writer.integer(document.date?.days ?? .max)
    writer.integer(document.recordRevision)
    writer.integer(UInt32(document.recordFingerprints.count))
    for fingerprint in document.recordFingerprints { writer.integer(fingerprint) }
    writer.integer(UInt32(document.rejected.count))
    for rejected in document.rejected { writer.text(rejected) }
    write(document.side, &writer)
    writer.integer(Int64(document.more))
    writer.integer(Int64(document.versions))
    writer.text(document.recordRFC)
    return writer.bytes
  }

  static func read(_ bytes: UnsafeRawBufferPointer) -> StoredDocument? {
    var reader = ByteReader(bytes: bytes)
    let found = reader.integer(UInt8.self)
    guard (firstLayout...layout).contains(found) else { return nil }
    let kind = Int(reader.integer(UInt8.self))
    guard kinds.indices.contains(kind) else { return nil }
    var document = StoredDocument(
      id: DocumentID(kind: kinds[kind], rfc: reader.text(), number: reader.text()))
    let hasOrigins = found > thirdLayout
    if reader.integer(UInt8.self) == 1 { document.main = fact(&reader, hasOrigins) }
    document.facts = reader.list { fact(&$0, hasOrigins) }
    let rectifies = reader.text()
    document.rectifies = rectifies.isEmpty ? nil : rectifies
    document.sent = reader.list { sent(&$0) }
    let days: Int32 = reader.integer()
    document.date = days == .max ? nil : CalendarDate(days: days)
    document.recordRevision = reader.integer()
    document.recordFingerprints =
      found > secondLayout ? reader.list { $0.integer() } : [reader.integer()]
    document.rejected = reader.list { $0.text() }
    if found > firstLayout { document.side = side(&reader) }
    if found > secondLayout {
      document.more = Int(reader.integer(Int64.self))
      document.versions = Int(reader.integer(Int64.self))
      document.recordRFC = reader.text()
    } else if document.recordRevision > 0 {
      document.recordRFC = document.id.rfc
    }
    return reader.failed ? nil : document
  }

  /// The place of a kind is its byte: more are only added at the end.
  private static let kinds: [DocumentRecord.Kind] = [
    .pedimento, .act, .move, .notice, .submanufacture, .withdrawal,
  ]

  private static func write(_ fact: StoredFact, _ writer: inout ByteWriter) {
    writer.integer(fact.received)
    writer.integer(fact.origin?.partition ?? -1)
    if let origin = fact.origin { writer.integer(origin.offset) }
    writer.blob(fact.event)
  }

  private static func fact(_ reader: inout ByteReader, _ hasOrigin: Bool) -> StoredFact {
    let received: Int64 = reader.integer()
    var origin: FactOrigin?
    if hasOrigin {
      let partition: Int32 = reader.integer()
      if partition >= 0 { origin = FactOrigin(partition: partition, offset: reader.integer()) }
    }
    return StoredFact(event: reader.blob(), received: received, origin: origin)
  }

  private static func write(_ side: SentSide?, _ writer: inout ByteWriter) {
    guard let side else { return writer.integer(UInt8(0)) }
    writer.integer(side.role == .sender ? UInt8(1) : 2)
    writer.text(side.sender)
    writer.text(side.receiver)
    writer.integer(side.revision)
    writer.integer(side.fingerprint)
  }

  private static func side(_ reader: inout ByteReader) -> SentSide? {
    let role = reader.integer(UInt8.self)
    guard role != 0 else { return nil }
    return SentSide(
      sender: reader.text(), receiver: reader.text(), role: role == 1 ? .sender : .receiver,
      revision: reader.integer(), fingerprint: reader.integer())
  }

  private static func write(_ sent: SentMovement, _ writer: inout ByteWriter) {
    writer.integer(flags(of: sent.identity))
    writer.text(sent.identity.plant)
    writer.text(sent.identity.part)
    writer.integer(sent.identity.date.days)
    writer.integer(sent.identity.line)
    writer.integer(sent.identity.component)
    writer.text(sent.identity.product)
    writer.text(sent.identity.toPlant)
    writer.integer(sent.revision)
    writer.integer(sent.fingerprint)
  }

  private static func flags(of identity: MovementIdentity) -> UInt8 {
    (identity.isLot ? 1 : 0) | (identity.directed ? 2 : 0) | (identity.account == .scrap ? 4 : 0)
  }

  private static func sent(_ reader: inout ByteReader) -> SentMovement {
    let flags = reader.integer(UInt8.self)
    let identity = MovementIdentity(
      isLot: flags & 1 != 0, plant: reader.text(), part: reader.text(),
      date: CalendarDate(days: reader.integer()), line: reader.integer(),
      component: reader.integer(), product: reader.text(), toPlant: reader.text(),
      directed: flags & 2 != 0, account: flags & 4 != 0 ? .scrap : nil)
    return SentMovement(
      identity: identity, revision: reader.integer(), fingerprint: reader.integer())
  }
}
