import Foundation
import HTTPServer

/// A server for measuring by hand: `HTTPBench [PORT [CERTIFICATES KEY]]`.
///
/// - `GET /health/live`: a small response.
/// - `POST /count`: counts the bytes and lines of its body.
/// - `GET /stream/{bytes}`: so many bytes, made while they are sent.
/// - `POST /small`: no body over 1 MiB.
/// - `POST /spool`: writes its body to a file and removes that, as uploads are.
@main
struct HTTPBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    var configuration = Server.Configuration(port: arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0)
    configuration.serverName = "saldo"
    if arguments.count > 3 {
      configuration.tls = TLSFiles(certificates: arguments[2], key: arguments[3])
    }
    // All clients of a measurement come from one address.
    configuration.limits.connectionsPerAddress = configuration.limits.connections
    configuration.onFault = { say("fault: \($0)") }
    try await Server(configuration, router: router()).run { say("listening on port \($0)") }
  }

  /// Writes a line at once, for who reads it through a pipe.
  private static func say(_ line: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
  }

  private static func router() -> Router {
    var router = Router()
    router.get("/health/live") { _ in
      Response("application/json", #"{"status":"live"}"#)
    }
    router.post("/count", body: .none) { request in
      var (bytes, lines) = (0, 0)
      for try await chunk in request.body {
        bytes += chunk.count
        chunk.withUnsafeBufferPointer { chunk in
          for byte in chunk where byte == 0x0A { lines += 1 }
        }
      }
      return Response("text/plain", "\(bytes) bytes, \(lines) lines\n")
    }
    router.post("/spool", body: .none) { request in
      let path = NSTemporaryDirectory() + UUID().uuidString
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let handle = FileHandle(forWritingAtPath: path)
      else { throw CocoaError(.fileWriteUnknown) }
      defer { try? FileManager.default.removeItem(atPath: path) }
      for try await chunk in request.body { try handle.write(contentsOf: chunk) }
      try handle.close()
      return Response(status: .badRequest, "text/plain", "spooled\n")
    }
    router.post("/small") { request in
      Response("text/plain", "\(try await request.body.collect(upTo: 1 << 20).count) bytes\n")
    }
    router.get("/stream/{bytes}") { request in
      guard let total = Int(try request.parameter("bytes")) else {
        throw HTTPError(.badRequest, code: "bytes", "give a number of bytes")
      }
      return Response(
        headers: [.contentType: "application/octet-stream"],
        body: .stream { writer in
          let part = [UInt8](repeating: 0x61, count: 16 << 10)
          for _ in 0..<(total / part.count) { try await writer.write(part) }
        })
    }
    return router
  }
}
