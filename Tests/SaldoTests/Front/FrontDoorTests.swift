import Auditor
import Foundation
import RawHTTP
import Testing

/// Who is let in by the front door of the real program, and with what.
@Suite(.timeLimit(.minutes(20))) struct FrontDoorTests {
  private static let company = #"""
    {"specversion":"1.0","id":"1","source":"/mes","type":"immex.company.v1",\#
    "time":"2026-01-02T09:00:00Z",\#
    "data":{"rfc":"MNO010101AB1","name":"N","immexProgram":"1"}}
    """#

  @Test func pagesOfOthersAndOtherHostsAreRefused() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(
        place, ["--partitions", "1", "--public-url", "https://books.example"])
      let (port, own) = (system.port, "Host: localhost:\(system.port)")
      try await onThread {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        for (headers, status) in [
          ([own], 202), (["Host: 127.0.0.1:\(port)", "Origin: http://127.0.0.1:\(port)"], 202),
          (["Host: books.example", "Origin: https://books.example"], 202),
          (["Host: evil.example"], 421), ([own, "Origin: http://evil.example"], 403),
          ([own, "Origin: null"], 403), ([own, "X-Forwarded-Host: evil.example"], 202),
        ] {
          let response = try connection.request("POST", "/v1/events", headers, body: Self.company)
          #expect(response.status == status, "\(headers): \(response.text)")
          guard status > 400 else { continue }
          #expect(response.header("Content-Type") == "application/problem+json")
          for member in ["type", "title", "status", "detail", "code"] {
            #expect(response.text.contains("\"\(member)\":"), "\(response.text)")
          }
        }
      }
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }

  @Test func nobodyIsLetInFromAfarInTheClear() async throws {
    try await Workplace.with { place in
      let refused = try await SaldoProgram.run(
        ["up", "--data", place.path("d"), "--host", "0.0.0.0", "--port", "0"], expecting: 2)
      for word in ["--host 0.0.0.0", "--tls-certificate", "--trusted-proxy", "127.0.0.1"] {
        #expect(refused.errors.contains(word), "\(refused.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: place.path("d")))
      let system = try await RunningSystem(
        place, ["--partitions", "1", "--host", "0.0.0.0", "--trusted-proxy", "127.0.0.0/8"])
      #expect(system.url.hasPrefix("http://0.0.0.0:"))
      let port = system.port
      let response = try await onThread {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        return try connection.request(
          "GET", "/health/live", ["Host: inside", "X-Forwarded-Host: 10.0.0.1"])
      }
      #expect(response.status == 200)
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }

  @Test func whoeverSendsFactsHasAToken() async throws {
    try await Workplace.with { place in
      let token = String(repeating: "s3cret-", count: 6)
      let file = try place.write(
        "mes \(token) rfc=MNO010101AB1 plants=* source=/mes\n", to: "producers")
      chmod(file, 0o600)
      let system = try await RunningSystem(
        place, ["--partitions", "1", "--token-file", file, "--log-level", "debug"])
      let port = system.port
      let mine = "Authorization: Bearer \(token)"
      let theirs = Self.company.replacingOccurrences(of: "MNO010101AB1", with: "BRX990101CD2")
      try await onThread {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        for (method, path, headers, body, status) in [
          ("POST", "/v1/events", [], Self.company, 401),
          ("POST", "/v1/events?access_token=\(token)", [], Self.company, 401),
          ("POST", "/v1/events", [mine], Self.company, 202),
          ("POST", "/v1/events", [mine], theirs, 403),
          ("POST", "/v1/files/a", [], Self.company, 401),
          ("POST", "/v1/files/a", [mine], Self.company, 202),
          ("POST", "/v1/transfers/pair", [], "{}", 401),
          ("GET", "/v1/transfers", [], nil, 401), ("GET", "/v1/transfers/a", [], nil, 401),
          ("GET", "/health/live", [], nil, 200), ("GET", "/metrics", [], nil, 200),
        ] as [(String, String, [String], String?, Int)] {
          let response = try connection.request(method, path, headers, body: body)
          #expect(response.status == status, "\(method) \(path): \(response.text)")
          #expect((response.header("WWW-Authenticate") != nil) == (status == 401))
        }
      }
      let events = try place.write(Self.company, to: "events.ndjson")
      let load = ["load", events, "--to", system.url]
      let refused = try await SaldoProgram.run(load, expecting: 2)
      #expect(refused.errors.contains("401") && refused.errors.contains("a token is needed"))
      _ = try await SaldoProgram.run(load, environment: ["SALDO_TOKEN": token], expecting: 0)
      let own = try place.write("\(token)\n", to: "token")
      _ = try await SaldoProgram.run(load + ["--token-file", own], expecting: 0)
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0 && !(ended.output + ended.errors).contains("s3cret"))
      // With their own words, and without them.
      for (text, what) in [("mes \(token)\n", "line 1"), ("", "no producer")] {
        _ = try place.write(text, to: "producers")
        chmod(file, 0o600)
        let wrong = try await SaldoProgram.run(
          ["up", "--data", place.path("e"), "--token-file", file], expecting: 2)
        #expect(wrong.errors.contains(what) && !wrong.errors.contains("s3cret"))
      }
    }
  }

  @Test func operationsHaveAPortOfTheirOwn() async throws {
    try await Workplace.with { place in
      let program = try RunningProgram([
        "up", "--data", place.path("data"), "--port", "0", "--operations-port", "0",
        "--partitions", "1",
      ])
      let operations = try #require(await program.line(after: "operations on 127.0.0.1:"))
      let main = try #require(await program.line(after: "listening on 127.0.0.1:"))
      func get(_ port: String, _ path: String) async throws -> (status: Int, text: String) {
        let port = try #require(Int(port))
        return try await onThread {
          let connection = try RawConnection(port: port)
          defer { connection.close() }
          let response = try connection.request("GET", path)
          return (response.status, response.text)
        }
      }
      // Until then transfers are not asked for.
      while try await get(operations, "/health/ready").status != 200 {}
      for (port, path, status) in [
        (operations, "/health/live", 200), (operations, "/metrics", 200),
        (operations, "/v1/transfers", 404), (main, "/metrics", 404), (main, "/health/live", 404),
        (main, "/v1/transfers/a", 404),
      ] {
        let response = try await get(port, path)
        #expect(response.status == status, "\(path): \(response.text)")
      }
      program.send(SIGTERM)
      #expect(await program.ended().code == 0)
    }
  }

  @Test func filesGoByTLS() async throws {
    let folder = try Certificate.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let certificate = folder + "/certificate.pem"
    try await Workplace.with { place in
      let system = try await RunningSystem(
        place,
        [
          "--partitions", "1", "--host", "0.0.0.0", "--tls-certificate", certificate, "--tls-key",
          folder + "/key.pem",
        ])
      // More than the client sends before it was told to.
      let lines = Array(repeating: Self.company, count: 2_000).joined(separator: "\n")
      let events = try place.write(lines, to: "event s.ndjson")
      let load = ["load", events, "--to", "https://localhost:\(system.port)"]
      let sent = try await SaldoProgram.run(
        load, environment: ["SSL_CERT_FILE": certificate], expecting: 0)
      #expect(sent.output.contains("2000 accepted"))
      let stranger = try await SaldoProgram.run(load, expecting: 2)
      #expect(stranger.errors.contains("is not trusted"), "\(stranger.errors)")
      #expect(await system.stop(SIGTERM).code == 0)
      let wrong = try await SaldoProgram.run(
        [
          "up", "--data", place.path("e"), "--tls-certificate", certificate, "--tls-key",
          certificate,
        ], expecting: 2)
      #expect(wrong.errors.contains("--tls-key") && wrong.errors.contains(certificate))
    }
  }

  @Test func filesGoByIPv6() async throws {
    try await Workplace.with { place in
      let program = try RunningProgram([
        "up", "--data", place.path("data"), "--host", "::1", "--port", "0", "--partitions", "1",
      ])
      let address = try #require(await program.line(after: "listening on "))
      #expect(address.hasPrefix("[::1]:"))
      let events = try place.write(Self.company, to: "events.ndjson")
      _ = try await SaldoProgram.run(["load", events, "--to", "http://\(address)"], expecting: 0)
      program.send(SIGTERM)
      #expect(await program.ended().code == 0)
    }
  }

  @Test func aBodyIsAskedFor() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let port = system.port
      try await onThread {
        let connection = try RawConnection(port: port)
        defer { connection.close() }
        let head =
          "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
          + "Content-Length: \(Self.company.utf8.count)\r\n"
        try connection.send(head + "\r\n")
        #expect(try connection.receive(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        try connection.send(Self.company)
        #expect(try connection.receiveResponse().status == 202)
        // What will not be taken is not asked for.
        try connection.send(head + "Origin: http://evil.example\r\n\r\n")
        #expect(try connection.receiveResponse().status == 403)
      }
      #expect(await system.stop(SIGTERM).code == 0)
    }
  }
}
