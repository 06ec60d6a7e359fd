import Foundation
import HTTPServer
import IngestService
import ServiceRuntime

/// Running services, which take files by HTTP.
struct Sending: FileDestination {
  /// Where the services listen.
  let to: ServiceAddress
  let token: String?

  /// A large file takes its time on the other side, and the answer comes at its end.
  private static let patience = Duration.seconds(86_400)

  /// Sends it, and answers what became of its events.
  func load(_ path: String, _ progress: LoadProgress) async throws -> IntakeCounts {
    var client = try to.client(token)
    client.patience = Self.patience
    client.progress = { progress.set(bytes: $0) }
    let name = URL(filePath: path).lastPathComponent
    let answer = try await Self.send(
      client, "\(to.path)/v1/files/\(HTTPClient.escaped(name))",
      headers: [.contentType: "application/octet-stream"], .file(path)
    ) { ArgumentError(path, "cannot be sent to \(to): \($0)") }
    if answer.status == .accepted,
      let counts = try? JSONDecoder().decode(IntakeCounts.self, from: Data(answer.body))
    {
      return counts
    }
    if let problem = Self.problem(answer) { LoadCommand.show(problem.counts.errors) }
    throw ArgumentError(path, "refused by \(to) with \(Self.refusal(answer))")
  }

  /// Sends a request from a thread of its own.
  static func send(
    _ client: HTTPClient, _ path: String, headers: Headers, _ body: HTTPClient.Body,
    _ failure: (ClientError) -> ArgumentError
  ) async throws -> HTTPClient.Answer {
    do {
      return try await OwnThread.run { _ in
        try client.send(.post, path, headers: headers, body)
      }
    } catch let error as ClientError {
      throw failure(error)
    }
  }

  /// The status of an answer, and what its problem says.
  static func refusal(_ answer: HTTPClient.Answer) -> String {
    "status \(answer.status.code)" + (problem(answer).map { ": \($0.detail)" } ?? "")
  }

  private static func problem(_ answer: HTTPClient.Answer) -> Problem? {
    try? JSONDecoder().decode(Problem.self, from: Data(answer.body))
  }
}
