import Testing

@testable import HTTPServer

/// Addresses: their ranges, what connections are counted by, and what proxies say of them.
@Suite struct AddressTests {
  @Test(
    arguments: [
      ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
      ("192.168.1.7", "192.168.1.7", true), ("192.168.1.7", "192.168.1.8", false),
      ("172.16.0.0/12", "172.31.9.9", true), ("172.16.0.0/12", "172.32.0.0", false),
      ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "::1", false),
      ("fd00::/8", "fdab::1", true), ("fd00::/8", "fe80::1", false), ("::1", "::1", true),
      ("10.0.0.0/8", "books.example", false),
    ])
  func ranges(_ range: String, _ address: String, _ isIn: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(address) == isIn)
  }

  @Test(
    arguments: [
      "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0/8", "books.example",
      "::1/129", "fd00::1/8", "10.0.0.0/",
    ])
  func noRanges(_ text: String) { #expect(AddressRange(text) == nil) }

  @Test func connectionsAreCountedByMachineAndSite() throws {
    func networks(_ address: String) throws -> [Network] {
      Network.all(of: try #require(AddressRange.bytes(address)))
    }
    #expect(try networks("10.0.0.1") == [Network(size: .machine, prefix: [10, 0, 0, 1])])
    #expect(try networks("::ffff:10.0.0.1") == networks("10.0.0.1"))
    #expect(try networks("2001:db8:1:2::3") == networks("2001:db8:1:2:4:5:6:7"))
    let (first, second) = (try networks("2001:db8:1:2::3"), try networks("2001:db8:1:3::3"))
    #expect(first[0] != second[0] && first[1] == second[1])
    #expect(try networks("2001:db8:2::")[1] != first[1])
  }

  struct Case: Sendable {
    var peer = "10.0.0.9"
    var forwarded: [String] = []
    var proto: String?
    var host: String?
    var client: String
    var isSecure = false
    var asked = "inside:8080"
  }

  static let cases = [
    Case(client: "10.0.0.9"),
    Case(
      forwarded: ["203.0.113.7"], proto: "https", host: "books.example", client: "203.0.113.7",
      isSecure: true, asked: "books.example"),
    // What the client wrote itself stands further left.
    Case(forwarded: ["127.0.0.1, 203.0.113.7"], client: "203.0.113.7"),
    Case(forwarded: ["198.51.100.1", "203.0.113.7 , 10.0.0.8"], client: "203.0.113.7"),
    Case(forwarded: ["10.0.0.7, 10.0.0.8"], client: "10.0.0.7"),
    Case(forwarded: ["203.0.113.7, unknown, 10.0.0.8"], client: "10.0.0.8"),
    Case(forwarded: ["203.0.113.7, unknown"], client: "10.0.0.9"),
    Case(forwarded: [""], proto: "http", client: "10.0.0.9"),
    Case(forwarded: ["2001:db8::1"], proto: "https", client: "2001:db8::1", isSecure: true),
    // Of others nothing counts.
    Case(
      peer: "203.0.113.9", forwarded: ["10.0.0.1"], proto: "https", host: "books.example",
      client: "203.0.113.9"),
  ]

  @Test(arguments: cases)
  func proxies(_ item: Case) throws {
    var headers: Headers = [.host: "inside:8080", "Forwarded": "for=192.0.2.1;proto=https"]
    for value in item.forwarded { headers.append("x-forwarded-for", value) }
    headers["X-Forwarded-Proto"] = item.proto
    headers["X-Forwarded-Host"] = item.host
    let request = try Request(
      .get, "/", headers: headers, remoteAddress: item.peer,
      proxies: [try #require(AddressRange("10.0.0.0/8"))])
    #expect(request.remoteAddress == item.client && request.peerAddress == item.peer)
    #expect(request.isSecure == item.isSecure && request.host == item.asked)
  }

  @Test func aBudgetIsShared() {
    let budget = ByteBudget(10)
    var (first, second) = (Optional(budget.share()), budget.share())
    #expect(first?.set(6) == true && !second.set(5) && second.set(4))
    #expect(budget.held == 10)
    #expect(first?.set(7) == false && budget.held == 10)
    #expect(first?.set(2) == true && second.set(8))
    first = nil
    #expect(budget.held == 8 && second.set(10) && !second.set(11))
    second = budget.share()
    #expect(budget.held == 0)
  }
}
