/// How to reach a Kafka cluster, and how this process shows itself there.
public struct KafkaSettings: Sendable, Equatable {
  /// The brokers to ask first: `host:port`, more than one separated by commas.
  public var servers: String
  /// librdkafka's properties by name, as in its CONFIGURATION.md. They go before Saldo's own
  /// choices, but what correctness needs cannot be changed: ``KafkaLog`` refuses it.
  public var properties: [String: String]
  /// This instance's name where its memberships are to be static (`group.instance.id`): it then
  /// keeps its partitions over a restart that is shorter than the session's time limit, and others
  /// take them over only after that limit, also when it leaves in good order. Every instance of a
  /// service needs a name of its own. Nil for memberships that end with the process.
  public var instance: String?
  /// Topics that others write, too: nothing in a record of theirs is taken for this program's own.
  public var openTopics: Set<String> = []
  /// How many copies of each partition to ask for when a topic is made; nil for three, or for as
  /// many as there are brokers where there are fewer.
  public var replication: Int32?
  /// For how long questions are asked again until a broker has answered one; later ones have 40
  /// seconds, in which a cluster may fail over.
  public var firstAnswer = Duration.seconds(40)

  /// A cluster, with Saldo's choice of everything.
  public init(servers: String) {
    self.servers = servers
    properties = [:]
  }
}

extension KafkaSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The servers and the names of the properties that are set. Their values are left out, because
  /// some are secrets.
  public var description: String {
    let names = properties.keys.sorted().joined(separator: ", ")
    let instance = instance.map { ", instance \($0)" } ?? ""
    return "kafka://\(servers)\(instance)\(names.isEmpty ? "" : " with \(names)")"
  }

  public var debugDescription: String { description }

  /// Nothing of what is inside, so that no dump shows a secret.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
