import Ledger
import Messages

extension Documents {
  /// Sends the pages of the document's record that differ from what was sent, and what is newly
  /// rejected.
  mutating func report(
    _ record: DocumentRecord, _ problems: [Statement.Problem], _ facts: [StoredFact],
    of document: inout StoredDocument, _ output: any DocumentsOutput
  ) throws {
    var pages = RecordPages(record)
    let told = Set(document.rejected)
    document.rejected = []
    for problem in Self.joined(problems) {
      guard let stored = problem.fact < 0 ? document.main : facts[problem.fact] else { continue }
      let fact = try decode(stored.event)
      let (place, event) = EventPlace.taken(from: stored.event)
      pages.add(
        PendingFact(
          code: problem.code, detail: problem.detail, id: fact.id, received: stored.received,
          rejected: problem.rejected, source: fact.source, type: fact.type, place: place,
          plant: fact.plant), fact: problem.fact)
      guard problem.rejected, let code = RejectionCode(rawValue: problem.code) else { continue }
      let key = fact.source + "\n" + fact.id + "\n" + problem.code
      document.rejected.append(key)
      guard !told.contains(key) else { continue }
      output.send(
        RejectedEvent(
          rejection: Rejection(code, field: "data", value: problem.detail),
          event: String(decoding: event, as: UTF8.self), source: fact.source, id: fact.id,
          type: fact.type, received: stored.received, provisional: true, place: place))
    }
    send(pages.pages, of: &document, output)
  }

  private mutating func send(
    _ pages: [DocumentRecord], of document: inout StoredDocument, _ output: any DocumentsOutput
  ) {
    let rfc = pages.first?.rfc ?? ""
    var sent = document.recordFingerprints
    if document.recordRevision > 0, document.recordRFC != rfc {
      // It is another company's now: of the one that it was said to be of there is none.
      document.recordRevision += 1
      output.send(
        DocumentRecord(
          document: document.id.number, kind: document.id.kind, rfc: document.recordRFC,
          state: .unknown, revision: document.recordRevision))
      sent = []
    }
    document.recordRFC = rfc
    document.recordFingerprints = pages.map { page in
      buffer.removeAll(keepingCapacity: true)
      page.write(to: &buffer)
      return buffer.withUnsafeBytes { Fingerprint.of($0) }
    }
    for (index, fingerprint) in document.recordFingerprints.enumerated()
    where index >= sent.count || sent[index] != fingerprint {
      document.recordRevision += 1
      var page = pages[index]
      page.revision = document.recordRevision
      output.send(page)
    }
  }

  /// One entry for each fact and reason, with the details put together.
  private static func joined(_ problems: [Statement.Problem]) -> [Statement.Problem] {
    struct Key: Hashable {
      var fact: Int
      var code: String
    }
    var joined: [Statement.Problem] = []
    var places: [Key: Int] = [:]
    for problem in problems {
      let key = Key(fact: problem.fact, code: problem.code)
      guard let place = places[key] else {
        places[key] = joined.count
        joined.append(problem)
        continue
      }
      guard !joined[place].detail.contains(problem.detail), joined[place].detail.utf8.count < 200
      else { continue }
      joined[place].detail += "; " + problem.detail
    }
    return joined
  }
}

/// A document's record in pages, so that no message grows with the document and only the pages that
/// differ are sent again.
///
/// A page has so many lines, and what waits of so many facts: a fact stays on its page, whatever
/// becomes of those before it.
struct RecordPages {
  private(set) var pages: [DocumentRecord]

  init(_ record: DocumentRecord) {
    let (lines, size) = (record.lines, DocumentRecord.linesOnPage)
    let (moves, goods) = (record.moves ?? [], record.submanufacture ?? [])
    var empty = record
    empty.lines = []
    empty.moves = record.moves.map { _ in [] }
    empty.submanufacture = record.submanufacture.map { _ in [] }
    empty.pending = []
    pages = [empty]
    let most = max(lines.count, moves.count, goods.count)
    grow(to: (most + size - 1) / size)
    for index in pages.indices where index * size < most {
      let range = index * size..<(index + 1) * size
      pages[index].lines = Array(lines[range.clamped(to: lines.indices)])
      if record.moves != nil { pages[index].moves = Array(moves[range.clamped(to: moves.indices)]) }
      if record.submanufacture != nil {
        pages[index].submanufacture = Array(goods[range.clamped(to: goods.indices)])
      }
    }
  }

  /// Adds what waits of a fact, by its place among the document's.
  mutating func add(_ pending: PendingFact, fact: Int) {
    let page = max(0, fact) / DocumentRecord.factsOnPage
    grow(to: page + 1)
    pages[page].pending.append(pending)
  }

  private mutating func grow(to count: Int) {
    guard count > pages.count else { return }
    var empty = pages[0]
    empty.details = nil
    empty.lines = []
    empty.moves = empty.moves.map { _ in [] }
    empty.submanufacture = empty.submanufacture.map { _ in [] }
    empty.pending = []
    empty.pages = nil
    for index in pages.count..<count {
      empty.page = Int32(index)
      pages.append(empty)
    }
    pages[0].pages = Int32(count)
  }
}
