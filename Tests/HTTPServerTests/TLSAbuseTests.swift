import CNetwork
import Foundation
import HTTPServer
import RawHTTP
import Testing

/// What TLS allows a client, and a server must not bear.
@Suite struct TLSAbuseTests {
  private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

  /// A server over TLS, and a client that is done with its handshake, on a thread of its own.
  private func talk<Answer: Sendable>(
    _ version: Int32, _ body: @escaping @Sendable (TLSClient) throws -> Answer
  ) async throws -> Answer {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let files = TLSFiles(certificates: folder + "/certificate.pem", key: folder + "/key.pem")
    return try await withServer(tls: files) { router in
      router.get("/") { _ in Response("text/plain", "served") }
    } _: { port, _ in
      try await client(port) { raw in
        // Clients that close too early must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        let client = try TLSClient(raw, version: version)
        defer { client.free() }
        return try body(client)
      }
    }
  }

  @Test("Updates of keys without data end the connection", arguments: [true, false])
  func keyUpdates(_ asksBack: Bool) async throws {
    let (sent, text) = try await talk(TLS1_3_VERSION) { client in
      var sent = 0
      // The server's end is seen at the latest when the buffers of both are full.
      while sent < 1_000_000, client.updateKeys(asksBack: asksBack) { sent += 1 }
      return (sent, client.send(Self.get) ? client.receive() : "")
    }
    #expect(sent < 1_000_000)
    #expect(text.isEmpty)
  }

  @Test("Updates of keys between data are taken") func keyUpdatesWithData() async throws {
    let texts = try await talk(TLS1_3_VERSION) { client in
      var texts: [String] = []
      for _ in 0..<4 {
        for _ in 0..<15 where !client.updateKeys(asksBack: true) { return texts }
        // Also in the middle of a request.
        guard client.send(String(Self.get.prefix(9))) else { return texts }
        for _ in 0..<15 where !client.updateKeys(asksBack: false) { return texts }
        guard client.send(String(Self.get.dropFirst(9))) else { return texts }
        texts.append(client.receive())
      }
      return texts
    }
    #expect(texts.count == 4)
    for text in texts { #expect(text.hasSuffix("served")) }
  }

  @Test("There is no second handshake") func renegotiation() async throws {
    let agreed = try await talk(TLS1_2_VERSION) { client in
      guard client.send(Self.get), client.receive().hasSuffix("served") else { return true }
      return client.renegotiate()
    }
    #expect(!agreed)
  }

  @Test("An encrypted key is an error, and is not asked for", .timeLimit(.minutes(20)))
  func encryptedKey() async throws {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Certificate.encryptedKey.write(
      toFile: folder + "/encrypted.pem", atomically: true, encoding: .utf8)
    var configuration = Server.Configuration(port: 0)
    configuration.tls = TLSFiles(
      certificates: folder + "/certificate.pem", key: folder + "/encrypted.pem")
    let server = Server(configuration, router: Router())
    let error = await #expect(throws: TLSError.self) { try await server.run() }
    #expect(error?.description.contains("encrypted.pem is encrypted") == true)
  }
}
