import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A process of one service on a broker, with a data folder of its own.
final class ServiceProcess: Sendable {
  let service: String
  /// `http://HOST:PORT`.
  let url: String
  private let program: RunningProgram

  static let all = ["ingest", "discharge", "transfer", "reporting"]

  /// Starts it, and returns once it takes connections.
  ///
  /// - Parameter name: its data folder's, and its name in its groups where it is a member that
  ///   keeps its partitions while it starts again.
  init(
    _ service: String, _ name: String, isStatic: Bool = true, on cluster: ServiceCluster,
    _ options: [String] = []
  ) async throws {
    self.service = service
    program = try RunningProgram(
      [service, "--data", cluster.place.path(name), "--port", "0", "--log-level", "info"]
        + cluster.options + (isStatic ? ["--instance", name] : []) + options)
    guard let address = await program.line(after: "listening on ") else {
      let ended = await program.ended()
      throw NotRunning(description: "\(name) did not come up: \(ended.code) \(ended.errors)")
    }
    url = "http://" + address
  }

  /// Starts one of each service, with a number behind its name.
  static func ofEach(on cluster: ServiceCluster, number: Int = 1) async throws -> [ServiceProcess] {
    var processes: [ServiceProcess] = []
    for service in all {
      processes.append(try await ServiceProcess(service, "\(service)-\(number)", on: cluster))
    }
    return processes
  }

  struct NotRunning: Error, CustomStringConvertible { let description: String }

  func send(_ signal: Int32) { program.send(signal) }

  /// What it answers to a question over HTTP.
  func get(_ path: String) async throws -> (status: Int, text: String) {
    let (data, response) = try await URLSession.shared.data(
      for: URLRequest(url: try #require(URL(string: "\(url)/\(path)"))))
    let status = try #require(response as? HTTPURLResponse).statusCode
    return (status, String(decoding: data, as: UTF8.self))
  }

  /// What it answers to events over HTTP: the status.
  func post(_ path: String, _ events: String) async throws -> Int {
    var request = URLRequest(url: try #require(URL(string: "\(url)/\(path)")))
    request.httpMethod = "POST"
    request.httpBody = Data(events.utf8)
    request.setValue("application/x-ndjson", forHTTPHeaderField: "Content-Type")
    let (_, response) = try await URLSession.shared.data(for: request)
    return try #require(response as? HTTPURLResponse).statusCode
  }

  /// Waits until the sum of a metric's samples with some labels is as wanted.
  func waitFor(
    _ metric: String, _ labels: String, _ isWanted: (Int) -> Bool
  ) async throws {
    while try await !isWanted(sum(metric, labels)) { try Task.checkCancellation() }
  }

  /// The sum of a metric's samples with some labels.
  func sum(_ metric: String, _ labels: String) async throws -> Int {
    try await get("metrics").text.split(separator: "\n")
      .filter { $0.hasPrefix(metric + "{") && $0.contains(labels) }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +)
  }

  /// Sends it a signal, and waits for its end.
  @discardableResult
  func stop(_ signal: Int32 = SIGTERM) async -> SaldoProgram.Ended {
    program.send(signal)
    return await program.ended()
  }

  /// Asks it to end, and expects that it ends well.
  func end() async {
    let ended = await stop()
    #expect(ended.code == 0 && !ended.isKilled, "\(service): \(ended.errors)")
  }
}
