import Foundation
import IngestService

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// Running services, which take files by HTTP.
struct Sending: FileDestination {
  /// Where the services listen.
  let to: URL

  /// Sends it, and answers what became of its events.
  func load(_ path: String) async throws -> IntakeCounts {
    let file = URL(filePath: path)
    var request = URLRequest(
      url: to.appending(path: "v1/files").appending(path: file.lastPathComponent))
    request.httpMethod = "POST"
    request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type")
    // A large file takes its time on the other side, and the answer comes at its end.
    request.timeoutInterval = 86_400
    let (body, response): (Data, URLResponse)
    do {
      (body, response) = try await URLSession.shared.upload(for: request, fromFile: file)
    } catch {
      throw ArgumentError(path, "cannot be sent to \(to.absoluteString): \(Self.reason(error))")
    }
    let status = (response as? HTTPURLResponse)?.statusCode ?? 0
    if let counts = try? JSONDecoder().decode(IntakeCounts.self, from: body) { return counts }
    let problem = try? JSONDecoder().decode(Problem.self, from: body)
    throw ArgumentError(
      path,
      "refused by \(to.absoluteString) with status \(status)"
        + (problem.map { ": \($0.error.message)" } ?? ""))
  }

  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    return (error.userInfo[NSUnderlyingErrorKey] as? NSError)?.localizedDescription
      ?? error.localizedDescription
  }
}
