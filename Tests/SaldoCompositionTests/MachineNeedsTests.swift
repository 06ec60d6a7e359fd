import Testing
import Threads

@testable import SaldoComposition

/// What services need of the machine is looked at first, and said in numbers.
@Suite struct MachineNeedsTests {
  private let needs = MachineNeeds(stages: 10, readers: 5, topics: 10, partitions: 12)

  @Test func tooFewFiles() throws {
    let error = try #require(throws: LocalSystemError.self) {
      try needs.check(limit: 256, threads: { $0 })
    }
    #expect(
      error == .tooFewFiles(needed: needs.files + 32, limit: 256, partitions: 12))
    #expect("\(error)".contains("12 partitions need \(needs.files + 32), and the limit is 256"))
    #expect(throws: Never.self) { try needs.check(limit: needs.files + 32, threads: { $0 }) }
  }

  @Test func tooFewThreads() throws {
    let error = try #require(throws: LocalSystemError.self) {
      try needs.check(limit: 10_000, threads: { _ in 5 })
    }
    #expect(error == .tooFewThreads(needed: needs.threads, found: 5))
  }

  @Test func moreIsNeededForMore() {
    let more = MachineNeeds(stages: 10, readers: 5, topics: 10, partitions: 40)
    #expect(more.files > 3 * needs.files && more.threads > needs.threads)
    let shared = MachineNeeds(stages: 10, readers: 5, topics: 0, partitions: 12)
    #expect(shared.files < needs.files)
  }

  @Test func threadsThatAreAskedForAreThere() { #expect(ThreadProbe.count(upTo: 20) == 20) }
}
