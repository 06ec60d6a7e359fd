import Ledger
import Logging
import SaldoComposition

/// Moves between plants through the four services on the embedded log.
enum MovesBench {
  /// Moves a second, from the first that is loaded until every partition has caught up.
  static func rate(moves: Int) async throws -> Double {
    try await withSystem { system in
      var events = MoveEvents()
      try await load(events.catalogue(plants: 50, parts: 200), system)
      try await load(events.stock(plants: 50, parts: 200), system)
      try await system.settle()
      let watch = Stopwatch()
      for start in stride(from: 0, to: moves, by: 20_000) {
        let part = events.moves(
          start..<min(start + 20_000, moves), of: moves, plants: 50, parts: 200)
        try await load(part, system)
      }
      try await system.settle()
      return Double(moves) / watch.seconds
    }
  }

  /// Milliseconds from one late line until everything is quiet: it gives its goods to every one of
  /// the moves by which goods went through a chain of five plants.
  static func late(movesPerPlant: Int, units: Int) async throws -> Double {
    try await withSystem { system in
      var events = MoveEvents()
      try await load(events.catalogue(plants: 5, parts: 1), system)
      try await load(
        [events.entry(plant: 0, part: 0, units: movesPerPlant * units, on: "2024-01-10")], system)
      for plant in 0..<4 {
        let chain = (0..<movesPerPlant).map { _ in
          events.move(
            from: plant, to: plant + 1, part: 0, units: units, on: "2024-02-0\(1 + plant)")
        }
        try await load(chain, system)
      }
      try await system.settle()
      let late = events.entry(
        plant: 0, part: 0, units: movesPerPlant * units, on: "2024-01-05")
      let watch = Stopwatch()
      try await load([late], system)
      try await system.settle()
      return watch.seconds * 1_000
    }
  }

  private static func load(_ events: [String], _ system: LocalSystem) async throws {
    var producer = system.producer()
    for var event in events {
      event.withUTF8 { bytes in
        producer.add(UnsafeRawBufferPointer(bytes), received: 1_700_000_000_000)
      }
    }
    try await producer.send()
  }

  /// Runs the services on a folder of their own while `body` measures them.
  private static func withSystem(
    _ body: @escaping @Sendable (LocalSystem) async throws -> Double
  ) async throws -> Double {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let system = try await LocalSystem(directory: folder.path, logger: logger)
    let figure = try await withThrowingTaskGroup(of: Double?.self) { tasks in
      tasks.addTask {
        try await system.run()
        return nil
      }
      tasks.addTask { try await body(system) }
      defer { tasks.cancelAll() }
      guard let figure = try await tasks.next() ?? nil else { throw BenchError.wrongResult }
      return figure
    }
    await system.close()
    return figure
  }
}

/// A company's moves, and what they need.
private struct MoveEvents {
  private static let rfc = "AME010203AB1"
  private var number = 0

  mutating func catalogue(plants: Int, parts: Int) -> [String] {
    var events = [
      event("company", "\"rfc\":\"\(Self.rfc)\",\"name\":\"E\",\"immexProgram\":\"1-2006\"")
    ]
    for plant in 0..<plants {
      events.append(
        event(
          "plant",
          "\"plant\":\"PL\(plant)\",\"rfc\":\"\(Self.rfc)\",\"name\":\"P\",\"address\":\"A\""))
    }
    for part in 0..<parts {
      events.append(
        event(
          "part",
          "\"part\":\"M-\(part)\",\"kind\":\"material\",\"description\":\"D\","
            + "\"tariffItem\":\"85332101\",\"nico\":\"00\",\"uom\":6,\"category\":\"108-I\","
            + "\"conversions\":[]"))
    }
    return events
  }

  /// An entry of every part at every plant.
  mutating func stock(plants: Int, parts: Int) -> [String] {
    (0..<plants * parts).map {
      entry(plant: $0 % plants, part: $0 / plants, units: 100_000, on: "2024-01-10")
    }
  }

  /// Moves of a year, in the order of their days; each plant sends to each other by turns.
  mutating func moves(_ range: Range<Int>, of all: Int, plants: Int, parts: Int) -> [String] {
    let first = CalendarDate(year: 2024, month: 2, day: 1).days
    return range.map { index in
      let from = index % plants
      let to = (from + 1 + index / plants % (plants - 1)) % plants
      let date = CalendarDate(days: first + Int32(index * 365 / all))
      return move(from: from, to: to, part: index * 7 % parts, units: 3, on: "\(date)")
    }
  }

  mutating func entry(plant: Int, part: Int, units: Int, on date: String) -> String {
    event(
      "pedimento",
      "\"pedimento\":\"\(240_717_694_000_000 + number)\",\"clave\":\"IN\","
        + "\"operation\":\"import\",\"rfc\":\"\(Self.rfc)\",\"plant\":\"PL\(plant)\","
        + "\"paidOn\":\"\(date)\",\"lines\":[{\"line\":1,\"part\":\"M-\(part)\","
        + "\"quantity\":\"\(units)\",\"uom\":6,\"tariffItem\":\"85332101\",\"nico\":\"00\","
        + "\"valueMXN\":\"123456.78\",\"originCountry\":\"USA\"}]")
  }

  mutating func move(from: Int, to: Int, part: Int, units: Int, on date: String) -> String {
    event(
      "stock",
      "\"kind\":\"moved\",\"rfc\":\"\(Self.rfc)\",\"plant\":\"PL\(from)\","
        + "\"toPlant\":\"PL\(to)\",\"part\":\"M-\(part)\",\"quantity\":\"\(units)\",\"uom\":6,"
        + "\"document\":\"MV-\(10_000_000 + number)\",\"aviso\":\"AT-1\","
        + "\"occurredAt\":\"\(date)T12:00:00Z\"")
  }

  private mutating func event(_ type: String, _ data: String) -> String {
    number += 1
    return "{\"specversion\":\"1.0\",\"id\":\"E-\(number)\",\"source\":\"/bench\","
      + "\"type\":\"immex.\(type).v1\",\"time\":\"2024-01-01T00:00:00Z\",\"data\":{\(data)}}"
  }
}
