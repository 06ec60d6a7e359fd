import Foundation

/// The customs files of one company in every order: what the worst costs against the best.
///
/// A plant that loads its catalogue, its bills or its part numbers late is the usual start.
struct OrdersBench {
  let program: URL

  /// A run of `saldo process`.
  private struct Cost {
    var seconds: Double
    var peakMiB: Int
    var bytes: Int
  }

  /// The figures of all orders; one run of each.
  func run() throws -> [BrokerBench.Figure] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let source = folder.path + "/files"
    _ = try BenchProcess(
      program,
      [
        "sample", "--out", source, "--seed", "77", "--plants", "4", "--parts", "2000", "--days",
        "30", "--movements-per-day", "33000",
      ]
    ).ended()
    let files = try FileManager.default.contentsOfDirectory(atPath: source)
      .filter { $0 != "movimientos.ndjson" }.sorted()
    var costs: [Cost] = []
    for order in Self.orders(of: files) {
      Progress.show("order: \(order.joined(separator: ", "))")
      costs.append(try cost(of: order.map { "\(source)/\($0)" }, folder.path))
    }
    let seconds = costs.map(\.seconds).sorted()
    let bytes = costs.map(\.bytes).sorted()
    guard let best = seconds.first, let worst = seconds.last, let least = bytes.first,
      let most = bytes.last, let peak = costs.map(\.peakMiB).max()
    else { return [] }
    return [
      BrokerBench.Figure(
        name: "12,058 pedimentos, the best order of their files", value: best, unit: "s",
        lowIsGood: true),
      BrokerBench.Figure(
        name: "orders: worst / best, time", value: worst / best, unit: "times", lowIsGood: true),
      BrokerBench.Figure(
        name: "orders: most / least, disk", value: Double(most) / Double(least), unit: "times",
        lowIsGood: true),
      BrokerBench.Figure(
        name: "orders: the largest peak of memory", value: Double(peak), unit: "MiB",
        lowIsGood: true),
    ]
  }

  private func cost(of files: [String], _ folder: String) throws -> Cost {
    let data = folder + "/data"
    defer { try? FileManager.default.removeItem(atPath: data) }
    let watch = Stopwatch()
    let process = try BenchProcess(
      program, ["process"] + files + ["--data", data, "--export", folder + "/reports", "--quiet"])
    var peak = 0
    while process.isRunning {
      peak = max(peak, process.peakMiB)
      Thread.sleep(forTimeInterval: 0.02)
    }
    _ = try process.ended()
    return Cost(seconds: watch.seconds, peakMiB: peak, bytes: try Self.bytes(in: data))
  }

  private static func bytes(in folder: String) throws -> Int {
    try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(0) { sum, name in
      let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum
        + (facts[.type] as? FileAttributeType == .typeRegular ? facts[.size] as? Int ?? 0 : 0)
    }
  }

  private static func orders(of files: [String]) -> [[String]] {
    guard files.count > 1 else { return [files] }
    return files.indices.flatMap { index in
      var rest = files
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }
}
