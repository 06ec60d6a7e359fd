import IngestService
import Ledger
import Messages
import ReportingService

/// Trails through a data folder: what reporting has of the books, and what ingest has of the events
/// behind them, where it is in the same folder.
public struct TrailBook: Sendable {
  private let dataDirectory: String

  /// - Parameter dataDirectory: the services' data folder.
  public init(dataDirectory: String) { self.dataDirectory = dataDirectory }

  /// Follows a question.
  ///
  /// - Parameters:
  ///   - asOf: the day as of which the books are read; nil for as they stand.
  ///   - sees: whether a company's rows may be seen, by its RFC; nil for all.
  /// - Throws: `ReportingError`, or what a store fails with.
  public func trail(
    _ question: TrailQuestion, asOf: CalendarDate? = nil,
    sees: (@Sendable (String) -> Bool)? = nil
  ) throws -> Trail {
    var trail = try Trail(question, dataDirectory: dataDirectory, asOf: asOf, sees: sees)
    try addEvents(to: &trail)
    return trail
  }

  /// Adds the events behind a trail's documents.
  ///
  /// - Throws: what a store fails with.
  public func addEvents(to trail: inout Trail) throws {
    guard let books = try DocumentEvents(dataDirectory: dataDirectory) else {
      return trail.add(nil)
    }
    let limit = trail.question.limit
    var events: [TrailEvent] = []
    for document in trail.documents {
      guard let kind = DocumentRecord.Kind(rawValue: document.kind) else { continue }
      guard events.count <= limit else { break }
      events += try books.events(
        of: kind, rfc: document.rfc, number: document.number, limit: limit - events.count
      ).map { event in
        TrailEvent(
          rfc: event.rfc, document: event.document, type: event.type, counts: event.counts,
          source: event.source, id: event.id, time: event.time, received: event.received,
          place: event.place.map { ($0.file, $0.line) },
          origin: event.origin.map { (Topic.inbound.rawValue, $0.partition, $0.offset) })
      }
    }
    trail.add(events)
  }
}
