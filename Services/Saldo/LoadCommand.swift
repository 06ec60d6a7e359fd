import ArgumentParser
import Foundation
import IngestService

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// `saldo load`: files to a running `saldo up`.
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Sends files to running services ('saldo up'), one after the other.",
    discussion: """
      Files are as for 'saldo process', and are streamed. When a file is answered for, its events \
      are durable. What only other facts can tell (a conflict, something not known yet) shows in \
      the reports, not here.

      Examples:
        saldo load events.ndjson --to http://127.0.0.1:8080
        saldo load files/* --to http://books.example:8080

      Exit codes: 0 when every event is well formed; 1 when some were rejected (the first are \
      shown); 2 when a file cannot be read or is refused, or the services cannot be reached.
      """)

  @Argument(help: ArgumentHelp("The files to send.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp("Where the services listen: http://HOST:PORT.", valueName: "url"),
    transform: { text in
      guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil
      else { throw ValidationError("'\(text)' is not of the form http://HOST:PORT.") }
      return url
    })
  var to: URL

  func run() async throws {
    _ = try InputPaths.check(files)
    var rejected = 0
    for path in files {
      let counts = try await Sending(path: path, to: to).counts()
      rejected += counts.rejected
      Standard.output("\(path): \(counts.accepted) accepted, \(counts.rejected) rejected")
      for error in counts.errors {
        let field = error.field.isEmpty ? "" : " \(error.field)"
        let value = error.value.isEmpty ? "" : ": \(error.value)"
        let id = error.id.isEmpty ? "" : " (id \(error.id))"
        Standard.output("  event \(error.index): \(error.code)\(field)\(value)\(id)")
      }
    }
    if rejected > 0 { throw ExitCode(1) }
  }
}

/// A file on its way to running services.
private struct Sending {
  let path: String
  let to: URL

  private struct Problem: Decodable {
    struct Detail: Decodable { var code, message: String }
    var error: Detail
  }

  /// Sends it, and answers what became of its events.
  func counts() async throws -> IntakeCounts {
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
