import Auditor
import Foundation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `saldo up` on a folder and a port of its own.
struct RunningSystem {
  let url: String
  let program: RunningProgram
  private let place: Workplace

  /// The port that it listens on.
  var port: Int { url.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// - Parameter prelude: what a shell does first.
  init(_ place: Workplace, _ options: [String], after prelude: String? = nil) async throws {
    self.place = place
    program = try RunningProgram(
      ["up", "--data", place.path("data"), "--port", "0"] + options, after: prelude)
    guard let address = await program.line(after: "listening on ") else {
      let ended = await program.ended()
      throw Failure("up did not come up: \(ended.errors)")
    }
    url = "http://" + address
  }

  /// What a post is answered with.
  struct Answer: Equatable {
    var status: Int
    var accepted: Int?
    var rejected: Int?
  }

  private struct Counts: Decodable { var accepted, rejected: Int }

  func get(_ path: String) async throws -> Answer { try await request(path, nil).0 }

  func post(_ path: String, _ body: Data, _ type: String) async throws -> Answer {
    try await request(path, body, type).0
  }

  func post(
    _ path: String, _ body: String, _ type: String, _ headers: [String: String]
  ) async throws -> (Answer, String) {
    try await request(path, Data(body.utf8), type, headers)
  }

  func request(
    _ path: String, _ body: Data?, _ type: String = "application/json",
    _ headers: [String: String] = [:]
  ) async throws -> (Answer, String) {
    var request = URLRequest(url: try #require(URL(string: "\(url)/\(path)")))
    request.httpMethod = body == nil ? "GET" : "POST"
    request.httpBody = body
    request.setValue(type, forHTTPHeaderField: "Content-Type")
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await URLSession.shared.data(for: request)
    let counts = try? JSONDecoder().decode(Counts.self, from: data)
    let status = try #require(response as? HTTPURLResponse).statusCode
    return (
      Answer(status: status, accepted: counts?.accepted, rejected: counts?.rejected),
      String(decoding: data, as: UTF8.self)
    )
  }

  /// Asks until the services are ready.
  func waitUntilReady() async throws {
    while try await get("health/ready").status != 200 {}
  }

  /// Exports while the services run, until the reports say what a scenario expects.
  func waitForReports(of scenario: String) async throws {
    let folder = place.path("live")
    let arguments = [
      "export", "--data", place.path("data"), "--out", folder, "--today", "2026-01-31",
    ]
    for _ in 0..<300 {
      // There are no books to be read before the services have made them.
      let ended = try await SaldoProgram.run(arguments)
      if ended.code == 0, try Scenario.differences(scenario, in: folder).isEmpty { return }
    }
    try Scenario.expect(scenario, in: folder, "while up runs")
  }

  func stop(_ signals: Int32...) async -> SaldoProgram.Ended {
    for signal in signals { program.send(signal) }
    return await program.ended()
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
