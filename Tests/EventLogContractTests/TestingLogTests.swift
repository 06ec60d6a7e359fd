import EventLog
import EventLogTesting
import Testing

@Suite struct TestingLogTests {
  static let targets = (0..<3).map { TopicPartition("numbers", $0) }
  static let all = Faults(duplicate: 300, delay: 300, shortRead: 500, failedAppend: 200)

  @Test func theGeneratorDrawsTheReferenceNumbers() {
    var generator = SeededGenerator(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
    ]
    let drawn = (0..<3).map { _ in generator.next() }
    #expect(drawn == expected)
  }

  /// A publisher that tries until it succeeds, and a reader that knows what it has applied: nothing
  /// is lost, nothing is out of order, whatever the log does.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func faultsAreThoseThatAReaderCanUndo(_ seed: UInt64) throws {
    let (applied, _) = try Self.run(seed: seed, faults: Self.all)
    for values in applied { #expect(values == Array(0..<60), "seed \(seed)") }
  }

  @Test func oneSeedIsOneRun() throws {
    let (_, first) = try Self.run(seed: 5, faults: Self.all)
    let (_, second) = try Self.run(seed: 5, faults: Self.all)
    let (_, other) = try Self.run(seed: 6, faults: Self.all)
    #expect(first == second)
    #expect(first != other)
  }

  @Test(arguments: [
    (Faults(duplicate: 1_000), true, false), (Faults(delay: 1_000), false, true),
    (Faults(failedAppend: 500), true, false), (Faults(), false, false),
  ])
  func aFaultIsSeen(_ faults: Faults, _ hasDuplicates: Bool, _ isBehind: Bool) throws {
    let log = TestingLog(seed: 3, faults: faults)
    try log.createNow([TopicSpecification(name: "numbers", partitions: 3)])
    for number in 0..<20 { try Self.publish(number, to: log) }
    let behind = Self.targets.contains {
      log.readNow($0, from: 0, limit: ReadLimit()).nextOffset < log.endNow($0)
    }
    #expect(behind == isBehind)
    log.settle()
    #expect(Self.targets.contains { log.endNow($0) > 20 } == hasDuplicates)
    for target in Self.targets {
      #expect(
        log.readNow(target, from: 0, limit: ReadLimit()).nextOffset == log.endNow(target))
    }
  }

  @Test func shortReadsCutStoredBatches() throws {
    let log = TestingLog(seed: 11, faults: Faults(shortRead: 1_000))
    try log.createNow([TopicSpecification(name: "numbers", partitions: 1)])
    try log.appendNow(
      [OutgoingBatch(target: Self.targets[0], records: .numbered(0..<100))], source: nil)
    var offset: Int64 = 0
    var reads = 0
    while offset < 100 {
      let batch = log.readNow(Self.targets[0], from: offset, limit: ReadLimit(records: 20))
      #expect((1...20).contains(batch.count))
      let expected = (Int(offset)..<Int(batch.nextOffset)).map { Record.numbered($0) }
      #expect(batch.delivered.map(\.record) == expected)
      offset = batch.nextOffset
      reads += 1
    }
    #expect(reads > 5)
  }

  @Test(.timeLimit(.minutes(10))) func settlingWakesWhoWaits() async throws {
    let log = TestingLog(faults: Faults(delay: 1_000, longestDelay: .max))
    try await log.create([TopicSpecification(name: "numbers", partitions: 1)])
    let reader = try await log.soleReader(of: "numbers")
    try await log.append(.numbered(0..<1), to: Self.targets[0])
    async let taken = reader.take(0, from: 0, limit: ReadLimit())
    await Task.yield()
    log.settle()
    #expect(try await taken?.count == 1)
  }

  @Test(.timeLimit(.minutes(10))) func aRevokedPartitionComesBackOnceReleased() async throws {
    let log = TestingLog()
    try await log.create([TopicSpecification(name: "numbers", partitions: 3)])
    let reader = try await log.soleReader(of: "numbers")
    let wait = Task { try await reader.take(1, from: 0, limit: ReadLimit()) }
    await Task.yield()
    #expect(log.revoke(Self.targets[1], group: "readers"))
    #expect(!log.revoke(Self.targets[1], group: "readers"))
    #expect(!log.revoke(Self.targets[1], group: "nobody"))
    expectNil(try await wait.value)
    #expect(try await reader.nextAssignment() == [0, 2])
    await reader.released(1)
    #expect(try await reader.nextAssignment() == [0, 1, 2])
  }

  /// Fails each call of a small program in turn, once and for good, until the program completes.
  @Test(arguments: [false, true])
  func anyCallCanBeMadeToFail(_ isForGood: Bool) async throws {
    for number in 1...20 {
      let log = TestingLog()
      log.fail(call: number, forGood: isForGood)
      do {
        try await Self.program(log)
        #expect(number == log.calls + 1)
        return
      } catch EventLogError.failed {
        #expect(log.calls == number)
        let next = await Result { try await log.end(of: Self.targets[0]) }
        #expect((next == .failure(.failed("call \(number + 1) was made to fail"))) == isForGood)
        log.stopFailing()
        try await log.create([TopicSpecification(name: "numbers", partitions: 3)])
      }
    }
    Issue.record("the program never completed")
  }

  private static func program(_ log: TestingLog) async throws {
    try await log.create([TopicSpecification(name: "numbers", partitions: 3)])
    let member = try await log.join(group: "g", topic: "numbers", member: "m")
    try await log.append(.numbered(0..<1), to: targets[0])
    _ = try await member.take(0, from: 0, limit: ReadLimit())
    _ = try await log.end(of: targets[0])
  }

  /// Publishes 60 numbers to three partitions while reading them; answers what a reader that drops
  /// what it knows has applied, and every end that it saw on the way.
  private static func run(
    seed: UInt64, faults: Faults
  ) throws -> (applied: [[Int]], trace: [Int64]) {
    let log = TestingLog(seed: seed, faults: faults)
    try log.createNow([TopicSpecification(name: "numbers", partitions: 3)])
    var applied: [[Int]] = [[], [], []]
    var positions: [Int64] = [0, 0, 0]
    var trace: [Int64] = []
    func read() {
      for (index, target) in targets.enumerated() {
        let batch = log.readNow(target, from: positions[index], limit: ReadLimit(records: 7))
        positions[index] = batch.nextOffset
        trace.append(batch.nextOffset)
        for delivered in batch.delivered where delivered.input >= applied[index].count {
          applied[index].append(Int(delivered.input))
        }
      }
    }
    for number in 0..<60 {
      try publish(number, to: log)
      read()
    }
    log.settle()
    while zip(targets, positions).contains(where: { log.endNow($0) > $1 }) { read() }
    return (applied, trace)
  }

  /// Appends a number to every partition, again and again until the log says that it did.
  private static func publish(_ number: Int, to log: TestingLog) throws {
    let batches = targets.map { target in
      var records = PackedRecords()
      records.append(.numbered(number), input: Int64(number))
      return OutgoingBatch(target: target, records: records)
    }
    for _ in 0..<1_000 {
      do {
        return try log.appendNow(batches, source: TopicPartition("inputs", 0))
      } catch EventLogError.failed {
        continue
      }
    }
    throw EventLogError.failed("no attempt succeeded")
  }
}

extension Result where Failure == EventLogError, Success: Sendable {
  init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch let error as EventLogError {
      self = .failure(error)
    } catch {
      self = .failure(.failed("\(error)"))
    }
  }
}
