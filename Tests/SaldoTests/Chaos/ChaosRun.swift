import Brokers
import Foundation
import Testing

/// Carries a plan out on the processes of a cluster, while a load runs.
actor ChaosRun {
  private let cluster: ServiceCluster
  private let loading: LoadingProgram
  private var running: [String: ServiceProcess] = [:]
  private var added = 0

  init(_ cluster: ServiceCluster, _ loading: LoadingProgram) {
    self.cluster = cluster
    self.loading = loading
  }

  /// Starts the instances that there are from the first.
  func begin() async throws {
    for service in ServiceProcess.all {
      for instance in 1...ChaosPlan.instances { try await start(service, instance) }
    }
  }

  /// Does one thing after the other.
  func carryOut(_ plan: ChaosPlan) async throws {
    for step in plan.steps {
      try await Task.sleep(for: .milliseconds(step.after))
      try await carryOut(step.deed)
    }
  }

  /// Asks all of them to end.
  func end() async {
    for process in running.values { await process.end() }
    running = [:]
  }

  /// Ends them, and tells the last that each had to say.
  func lastWords() async -> String {
    var words: [String] = []
    for (name, process) in running.sorted(by: { $0.key < $1.key }) {
      let lines = await process.stop().errors.split(separator: "\n").suffix(40)
      words.append("--- \(name)\n" + lines.joined(separator: "\n"))
    }
    running = [:]
    return words.joined(separator: "\n")
  }

  private func carryOut(_ deed: ChaosPlan.Deed) async throws {
    switch deed {
    case .kill(let service, let instance, let absent):
      let ended = await take(service, "\(instance)")?.stop(SIGKILL)
      // It may have ended by itself only where something is wrong.
      #expect(ended?.isKilled ?? false, "\(deed): \(ended?.errors ?? "")")
      try await Task.sleep(for: .milliseconds(absent))
      try await start(ServiceProcess.all[service], instance)
    case .restart(let service, let instance, let absent):
      await take(service, "\(instance)")?.end()
      try await Task.sleep(for: .milliseconds(absent))
      try await start(ServiceProcess.all[service], instance)
    case .add(let service):
      // A member that is not expected back: its partitions go to others when it ends.
      added += 1
      let name = ServiceProcess.all[service]
      running["\(name)-added"] = try await ServiceProcess(
        name, "\(name)-added-\(added)", isStatic: false, on: cluster, snapshots)
    case .remove(let service): await take(service, "added")?.end()
    case .broker(let absent): try await restartBroker(absent: absent)
    case .node(let node, let isFrozen, let absent):
      guard let kafka = cluster.broker as? KafkaCluster else { return }
      if isFrozen { kafka.pause(node) } else { try kafka.kill(node) }
      try await Task.sleep(for: .milliseconds(absent))
      if isFrozen { kafka.resume(node) } else { try kafka.start(node) }
    case .outage(let absent):
      guard let kafka = cluster.broker as? KafkaCluster else { return }
      for node in kafka.nodes { kafka.pause(node) }
      try await Task.sleep(for: .milliseconds(absent))
      for node in kafka.nodes { kafka.resume(node) }
    }
  }

  /// Every client is held up meanwhile: what noida takes once it has begun to save it acknowledges
  /// and loses. They find it gone and back when they go on.
  private func restartBroker(absent: Int) async throws {
    hold(SIGSTOP)
    defer { hold(SIGCONT) }
    // For what is under way to reach the broker, which cannot be asked for that.
    try await Task.sleep(for: .milliseconds(500))
    try cluster.broker?.terminate()
    try await Task.sleep(for: .milliseconds(absent))
    try cluster.broker?.start()
  }

  private func hold(_ signal: Int32) {
    for process in running.values { process.send(signal) }
    loading.send(signal)
  }

  private func start(_ service: String, _ instance: Int) async throws {
    let name = "\(service)-\(instance)"
    running[name] = try await ServiceProcess(service, name, on: cluster, snapshots)
  }

  private var snapshots: [String] { ["--snapshots", cluster.place.path("snapshots")] }

  private func take(_ service: Int, _ name: String) -> ServiceProcess? {
    running.removeValue(forKey: "\(ServiceProcess.all[service])-\(name)")
  }
}
