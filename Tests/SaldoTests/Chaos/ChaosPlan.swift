import Auditor
import Foundation

/// What is done to the processes and the broker, drawn from a seed.
struct ChaosPlan: Sendable, CustomStringConvertible {
  /// One thing that is done.
  enum Deed: Sendable, Equatable, CustomStringConvertible {
    /// Kills an instance (-9), and starts it again after a while.
    case kill(service: Int, instance: Int, absent: Int)
    /// Asks an instance to end, and starts it again after a while.
    case restart(service: Int, instance: Int, absent: Int)
    /// Starts one more instance of a service.
    case add(service: Int)
    /// Asks the instance to end that was added.
    case remove(service: Int)
    /// Asks the broker to end, and starts it again after a while.
    case broker(absent: Int)
    /// Kills (-9) or freezes one node of a cluster for a while.
    case node(Int, isFrozen: Bool, absent: Int)
    /// Freezes every node of a cluster for longer than any member or request waits.
    case outage(absent: Int)

    var description: String {
      switch self {
      case .kill(let service, let instance, let absent):
        "kill \(ServiceProcess.all[service])-\(instance), back after \(absent) ms"
      case .restart(let service, let instance, let absent):
        "restart \(ServiceProcess.all[service])-\(instance), back after \(absent) ms"
      case .add(let service): "add a \(ServiceProcess.all[service])"
      case .remove(let service): "remove the added \(ServiceProcess.all[service])"
      case .broker(let absent): "restart the broker, back after \(absent) ms"
      case .node(let node, let isFrozen, let absent):
        "\(isFrozen ? "freeze" : "kill") node \(node), back after \(absent) ms"
      case .outage(let absent): "freeze the cluster, back after \(absent) ms"
      }
    }
  }

  /// A deed and how long to wait before it.
  struct Step: Sendable, Equatable {
    /// Milliseconds.
    var after: Int
    var deed: Deed
  }

  let seed: UInt64
  /// For how long it goes on at least.
  let seconds: Int
  let steps: [Step]
  /// The length that `make chaos` asks for; 0 among the other tests.
  static let minutes =
    ProcessInfo.processInfo.environment["SALDO_CHAOS_MINUTES"].flatMap { Int($0) } ?? 0
  /// How many instances of each service there are, beside added ones.
  static let instances = 2

  /// A plan for about so many seconds.
  ///
  /// - Parameter nodes: how many the cluster has; one may only be restarted in good order.
  init(seed: UInt64, seconds: Int, nodes: Int) {
    (self.seed, self.seconds) = (seed, seconds)
    var hasOutage = nodes == 1
    var random = SeededRandom(seed: seed)
    var steps: [Step] = []
    var added: Set<Int> = []
    var elapsed = 0
    while elapsed < seconds * 1_000 {
      var step = Step(
        after: 300 + Int.random(in: 0..<2_200, using: &random),
        deed: Self.deed(nodes, &added, &random))
      if !hasOutage, elapsed > seconds * 500 {
        hasOutage = true
        step.deed = .outage(absent: 16_000)
      }
      elapsed += step.after + step.absence
      steps.append(step)
    }
    self.steps = steps
  }

  private static func deed(
    _ nodes: Int, _ added: inout Set<Int>, _ random: inout SeededRandom
  ) -> Deed {
    let service = Int.random(in: 0..<ServiceProcess.all.count, using: &random)
    let instance = Int.random(in: 1...instances, using: &random)
    let absent = Int.random(in: 0..<1_500, using: &random)
    if nodes > 1, Int.random(in: 0..<100, using: &random) < 30 {
      // Most are back soon; some only after the group has gone on without a member.
      let isLong = Int.random(in: 0..<4, using: &random) == 0
      return .node(
        Int.random(in: 1...nodes, using: &random), isFrozen: Bool.random(using: &random),
        absent: isLong ? 8_000 + 4 * absent : 2 * absent)
    }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<50: return .kill(service: service, instance: instance, absent: absent)
    case 50..<65: return .restart(service: service, instance: instance, absent: absent)
    case 65..<90:
      if added.remove(service) != nil { return .remove(service: service) }
      added.insert(service)
      return .add(service: service)
    default:
      return nodes == 1
        ? .broker(absent: absent) : .kill(service: service, instance: instance, absent: absent)
    }
  }

  /// How to play it again, and what it does.
  var again: String {
    "make chaos SEED=\(seed) MINUTES=\((seconds + 59) / 60) is the same chaos\n\(self)"
  }

  var description: String {
    (["chaos with seed \(seed):"] + steps.map { "  after \($0.after) ms: \($0.deed)" })
      .joined(separator: "\n")
  }
}

extension ChaosPlan.Step {
  /// Milliseconds for which something is away.
  var absence: Int {
    switch deed {
    case .kill(_, _, let absent), .restart(_, _, let absent), .broker(let absent),
      .node(_, _, let absent), .outage(let absent):
      absent
    case .add, .remove: 0
    }
  }
}
