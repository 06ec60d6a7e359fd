import Foundation
import Testing

/// What books cost does not depend on the order in which a plant loads its files: a catalogue, a
/// Data Stage or part numbers that come last make no more work than those that come first.
///
/// Work is counted by what stages wrote, and not by time. Before documents had turns, the catalogue
/// loaded last wrote 2.9 times the log of the best order, here, and more with each day.
@Suite struct OrdersTests {
  private struct Cost {
    var order: [String]
    var log: Int
    var stores: Int
  }

  @Test func anyOrderOfTheFilesCostsTheSame() async throws {
    try await Workplace.with { place in
      try await SaldoProgram.run(
        [
          "sample", "--out", place.path("files"), "--seed", "77", "--plants", "2", "--parts", "150",
          "--days", "8", "--movements-per-day", "2000",
        ], expecting: 0)
      let files = try FileManager.default.contentsOfDirectory(atPath: place.path("files"))
        .filter { $0 != "movimientos.ndjson" }.sorted()
      #expect(files.count == 3)
      var costs: [Cost] = []
      for order in Self.orders(files) {
        let data = "data-\(costs.count)"
        let reports = "reports-\(costs.count)"
        try await place.process(
          order.map { place.path("files/\($0)") }, data: data, reports: reports,
          ["--partitions", "2"])
        try place.expectSame(reports, as: "reports-0", "\(order)")
        let log = try Self.bytes(in: place.path("\(data)/log"))
        costs.append(
          Cost(order: order, log: log, stores: try Self.bytes(in: place.path(data)) - log))
        try FileManager.default.removeItem(atPath: place.path(data))
      }
      for cost in costs {
        #expect(cost.log * 4 <= costs.map(\.log).min()! * 5, "\(cost.order)")
        #expect(cost.stores * 4 <= costs.map(\.stores).min()! * 5, "\(cost.order)")
      }
    }
  }

  /// Each file first, in the middle and last.
  private static func orders(_ files: [String]) -> [[String]] {
    let reversed = Array(files.reversed())
    return (0..<3).map { Array(files[$0...] + files[..<$0]) } + [reversed]
  }

  private static func bytes(in folder: String) throws -> Int {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return try names.reduce(0) { sum, name in
      let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      let isFile = facts[.type] as? FileAttributeType == .typeRegular
      return sum + (isFile ? facts[.size] as? Int ?? 0 : 0)
    }
  }
}
