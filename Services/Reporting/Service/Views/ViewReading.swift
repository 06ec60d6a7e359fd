import ReportingRules
import SQLite

/// Rows of a view in an order, as far as a filter wants them, from any place on.
///
/// Where few are wanted their places are known, and are put in order; else the order's file is gone
/// through from the place on, and what is not wanted is passed over: at most so many rows for each
/// as the view has for each of the 10,000 that are wanted at least.
struct ViewReading {
  /// A place that is not among the rows that are wanted.
  struct NoSuchPlace: Error {}

  let view: ReportView
  let filter: ViewFilter
  let matches: ViewMatches
  /// Nil for the report's own.
  let order: ViewOrder?
  /// Where the places of few rows are kept once they are in order.
  let sorted: Recent<[Int64]>
  /// What they are kept under.
  let mark: String

  /// Lends the rows behind a place, until `body` returns false.
  ///
  /// - Parameter after: nil for all.
  /// - Throws: ``NoSuchPlace``, or what reading or `body` throws.
  func forEachRow(after: Int64?, _ body: (Int64, HeldRow) throws -> Bool) throws {
    if let after, after < 1 || after > view.count { throw NoSuchPlace() }
    if let places = matches.places {
      return try forEach(of: try inOrder(places), after, body)
    }
    guard let order else {
      return try view.forEachRow(after: after ?? 0) { place, row in
        try !filter.isOpen && !filter.filter.wants(row) || body(place, row)
      }
    }
    try forEachPlace(in: order, after) { place in
      try view.withRow(place) { row in
        try !filter.isOpen && !filter.filter.wants(row) || body(place, row)
      }
    }
  }

  private func forEach(
    of places: [Int64], _ after: Int64?, _ body: (Int64, HeldRow) throws -> Bool
  ) throws {
    var start = 0
    if let after {
      guard let index = places.firstIndex(of: after) else { throw NoSuchPlace() }
      start = index + 1
    }
    for place in places[start...] {
      guard try view.withRow(place, { try body(place, $0) }) else { return }
    }
  }

  /// Places by their keys, those with the same key as they are.
  private func inOrder(_ places: [Int64]) throws -> [Int64] {
    guard let order else { return places }
    return try sorted.value(of: "\(mark) \(order.fileName)") {
      let key = try view.connection(of: order).statement("SELECT key FROM entry WHERE place = ?")
      let keyed = try places.map { place in
        (key: try key.bind(place).scalar(as: [UInt8].self) ?? [], place: place)
      }
      return keyed.sorted { a, b in
        if a.key == b.key { return a.place < b.place }
        return order.isDescending
          ? b.key.lexicographicallyPrecedes(a.key) : a.key.lexicographicallyPrecedes(b.key)
      }.map(\.place)
    }
  }

  private func forEachPlace(
    in order: ViewOrder, _ after: Int64?, _ body: (Int64) throws -> Bool
  ) throws {
    let db = try view.connection(of: order)
    let direction = order.isDescending ? "DESC" : "ASC"
    guard let after else {
      return try Self.forEachPlace(
        try db.statement("SELECT place FROM entry ORDER BY key \(direction), place").bind(), body)
    }
    guard
      let key = try db.scalar(
        "SELECT key FROM entry WHERE place = ?", after, as: [UInt8].self)
    else { throw NoSuchPlace() }
    // Of those with the same key the ones behind it, and then those with the next keys.
    var goesOn = true
    try Self.forEachPlace(
      try db.statement("SELECT place FROM entry WHERE key = ? AND place > ? ORDER BY place")
        .bind(key, after)
    ) { place in
      goesOn = try body(place)
      return goesOn
    }
    guard goesOn else { return }
    let behind = order.isDescending ? "<" : ">"
    try Self.forEachPlace(
      try db.statement(
        "SELECT place FROM entry WHERE key \(behind) ? ORDER BY key \(direction), place"
      ).bind(key), body)
  }

  private static func forEachPlace(
    _ rows: consuming BoundStatement, _ body: (Int64) throws -> Bool
  ) throws {
    var rows = rows
    while try rows.next() {
      if try !body(try rows.withRow { try $0[0] }) { return try rows.finish() }
    }
  }
}
