import Foundation
import HTTPServer
import RawHTTP
import Testing

/// Over TLS, as curl sees it.
@Suite struct TLSTests {
  @Test("Serves over TLS 1.2 and 1.3, both ways", arguments: ["1.2", "1.3"])
  func serves(_ version: String) async throws {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let total = 3_000_000
    let files = TLSFiles(certificates: folder + "/certificate.pem", key: folder + "/key.pem")
    let answers = try await withServer(tls: files) { router in
      router.post("/", body: .none) { request in
        var count = 0
        for try await chunk in request.body { count += chunk.count }
        return Response("text/plain", "\(count) \(request.isSecure)")
      }
      router.get("/") { _ in
        Response(
          body: .stream { writer in
            for _ in 0..<(total / 10_000) {
              try await writer.write([UInt8](repeating: 0x61, count: 10_000))
            }
          })
      }
    } _: { port, _ in
      let body = folder + "/body"
      try Data(count: total).write(to: URL(filePath: body))
      let common = [
        "--silent", "--cacert", files.certificates, "--tlsv\(version)", "--tls-max", version,
        "https://localhost:\(port)/", "--connect-to", "localhost:\(port):127.0.0.1:\(port)",
      ]
      return try [
        await run("curl", common + ["--data-binary", "@" + body]),
        await run("curl", common + ["--output", "/dev/null", "--write-out", "%{size_download}"]),
      ]
    }
    #expect(answers == ["\(total) true", "\(total)"])
  }

  @Test("Refuses what is no TLS, and older versions") func refuses() async throws {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = TLSFiles(certificates: folder + "/certificate.pem", key: folder + "/key.pem")
    try await withServer(tls: files) { _ in
    } _: { port, _ in
      let clear = try await client(port) { client in
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return try client.receiveAll()
      }
      #expect(!clear.contains("HTTP/1.1 "))
      let old = try await run(
        "curl",
        [
          "--silent", "--insecure", "--tls-max", "1.1", "--tlsv1.0", "--ciphers",
          "DEFAULT@SECLEVEL=0", "https://127.0.0.1:\(port)/",
        ])
      #expect(old.isEmpty)
    }
  }

  @Test("Says which file of a certificate is wrong") func wrongFile() async throws {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var configuration = Server.Configuration(port: 0)
    configuration.tls = TLSFiles(
      certificates: folder + "/key.pem", key: folder + "/certificate.pem")
    let server = Server(configuration, router: Router())
    let error = await #expect(throws: TLSError.self) { try await server.run() }
    #expect(error?.description.hasPrefix(folder + "/key.pem: ") == true)
  }

  private func run(_ program: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // What is not there refuses nothing.
        if process.terminationStatus == 127 { Issue.record("\(program) is not installed") }
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
    }
  }
}
