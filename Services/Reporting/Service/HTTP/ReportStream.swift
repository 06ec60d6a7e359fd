import Foundation
import ReportingRules
import ServiceRuntime
import Synchronization

/// A report as it is made, on a thread of its own, and sent.
///
/// Its stores are held at one moment until it is whole or nobody takes any more of it.
final class ReportStream: Sendable {
  /// What the bytes are of: the same mark, the same bytes.
  let mark: String
  /// The name of the moment that it is of.
  let corte: Corte
  /// What is to be said of books as they were known at an instant; nil for others.
  let head: MomentHead?
  private let channel: PieceChannel

  private struct Opened: Sendable {
    let mark: String
    let corte: Corte
    let head: MomentHead?
  }

  private init(_ opened: Opened, channel: PieceChannel) {
    (mark, corte, head) = (opened.mark, opened.corte, opened.head)
    self.channel = channel
  }

  /// Whoever has it no more takes nothing more.
  deinit { channel.cancel() }

  /// Opens the stores; nothing is read of them before ``next()``.
  ///
  /// - Parameter ended: called when the thread is at its end, whatever happened.
  /// - Throws: ``ReportingError``, ``MomentError``.
  static func open(
    _ export: ReportExport, _ file: ReportFile, as format: ReportFormat, _ filter: RowFilter,
    ended: @escaping @Sendable () -> Void
  ) async throws -> ReportStream {
    try await open(ended: ended) {
      let moment = try ReportMoment(export)
      return Source(mark: moment.mark, corte: moment.corte, head: moment.head) {
        try moment.write(file, as: format, filter, to: $0)
      }
    }
  }

  /// Opens a view, whose rows are sent as they are wanted and in the order that is asked for.
  static func open(
    _ opening: ViewOpening, as format: ReportFormat, _ filter: RowFilter, _ order: ViewOrder?,
    ended: @escaping @Sendable () -> Void
  ) async throws -> ReportStream {
    try await open(ended: ended) {
      try opening.read { view, moment in
        let rows = try ViewRows(view, filter, order, opening.memory)
        return Source(mark: "view \(view.name)", corte: moment.corte, head: moment.head) {
          try rows.write(as: format, to: $0)
        }
      }
    }
  }

  /// What is sent: of which moment, and how its bytes are handed over.
  struct Source {
    var mark: String
    var corte: Corte
    var head: MomentHead?
    var write: (([UInt8]) throws -> Void) throws -> Void
  }

  /// Opens a source on the thread that it is written on.
  static func open(
    ended: @escaping @Sendable () -> Void, _ make: @escaping @Sendable () throws -> Source
  ) async throws -> ReportStream {
    let channel = PieceChannel()
    let opened = try await withCheckedThrowingContinuation {
      (opened: CheckedContinuation<Opened, any Error>) in
      Thread.detachNewThread {
        defer { ended() }
        let source: Source
        do {
          source = try make()
          opened.resume(
            returning: Opened(mark: source.mark, corte: source.corte, head: source.head))
        } catch {
          return opened.resume(throwing: error)
        }
        do {
          try channel.waitUntilWanted()
          try source.write(channel.put)
          channel.end(.success(()))
        } catch {
          channel.end(.failure(error))
        }
      }
    }
    return ReportStream(opened, channel: channel)
  }

  /// The next bytes; nil at the end.
  func next() async throws -> [UInt8]? { try await channel.next() }
}

/// How many reports are made at a time: each reads with a core and holds its stores.
final class ReportGate: Sendable {
  private let free: Mutex<Int>

  init(_ places: Int) { free = Mutex(places) }

  /// Takes a place; false where there is none.
  func enter() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  /// Gives a place back.
  func leave() { free.withLock { $0 += 1 } }
}
