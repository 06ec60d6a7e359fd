import Foundation

/// What a cluster's administrator does, by Kafka's own client. Java runs it from the source, so a
/// JDK is needed.
extension KafkaCluster {
  /// Sets settings of a topic.
  public func set(_ settings: [String: String], of topic: String) throws {
    try set(settings, of: [topic])
  }

  /// Sets settings of topics, the same of each.
  public func set(_ settings: [String: String], of topics: [String]) throws {
    try administer(
      ["set", topics.joined(separator: ",")] + settings.map { "\($0)=\($1)" })
  }

  /// Gives a topic more partitions.
  public func extend(_ topic: String, to partitions: Int) throws {
    try administer(["partitions", topic, "\(partitions)"])
  }

  /// Has every partition of topics led by the next of the nodes that have it.
  public func moveLeaders(of topics: [String]) throws {
    try administer(["lead", topics.joined(separator: ",")])
  }

  /// Removes a topic.
  public func remove(_ topic: String) throws { try administer(["remove", topic]) }

  /// Lets the user without rights of its own read and write topics and read groups whose names
  /// begin so; nothing else.
  public func allowServices(prefix: String) throws {
    try administer(["allow", Self.user.name, prefix])
  }

  /// Lets no client read or write more than so many bytes a second from one node, by a quota.
  public func throttle(to bytes: Int) throws { try administer(["throttle", "\(bytes)"]) }

  private func administer(_ words: [String]) throws {
    let source = folder.appending(path: "Administration.java")
    try Data(Self.program.utf8).write(to: source)
    let client = folder.appending(path: "administration.properties")
    try Data(administration.utf8).write(to: client)
    try run(source.path, [client.path] + words)
  }

  private static let program = """
    import java.io.FileReader;
    import java.util.*;
    import org.apache.kafka.clients.admin.*;
    import org.apache.kafka.common.*;
    import org.apache.kafka.common.acl.*;
    import org.apache.kafka.common.config.ConfigResource;
    import org.apache.kafka.common.quota.*;
    import org.apache.kafka.common.resource.*;

    class Administration {
      public static void main(String[] words) throws Exception {
        var properties = new Properties();
        try (var file = new FileReader(words[0])) { properties.load(file); }
        try (var admin = Admin.create(properties)) {
          switch (words[1]) {
            case "set" -> {
              var changes = new ArrayList<AlterConfigOp>();
              for (int i = 3; i < words.length; i++) {
                var pair = words[i].split("=", 2);
                changes.add(new AlterConfigOp(
                  new ConfigEntry(pair[0], pair[1]), AlterConfigOp.OpType.SET));
              }
              var topics = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
              for (var name : words[2].split(","))
                topics.put(new ConfigResource(ConfigResource.Type.TOPIC, name), changes);
              admin.incrementalAlterConfigs(topics).all().get();
            }
            case "partitions" -> admin.createPartitions(Map.of(
              words[2], NewPartitions.increaseTo(Integer.parseInt(words[3])))).all().get();
            case "lead" -> {
              var moves = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
              var topics = admin.describeTopics(List.of(words[2].split(","))).allTopicNames().get();
              for (var topic : topics.values())
                for (var partition : topic.partitions()) {
                  var nodes = new ArrayList<Integer>();
                  for (var node : partition.replicas()) nodes.add(node.id());
                  Collections.rotate(nodes, 1);
                  moves.put(new TopicPartition(topic.name(), partition.partition()),
                    Optional.of(new NewPartitionReassignment(nodes)));
                }
              admin.alterPartitionReassignments(moves).all().get();
              while (!admin.listPartitionReassignments().reassignments().get().isEmpty()) {}
              admin.electLeaders(ElectionType.PREFERRED, moves.keySet()).partitions().get();
            }
            case "throttle" -> {
              var rates = new ArrayList<ClientQuotaAlteration.Op>();
              for (var rate : List.of("producer_byte_rate", "consumer_byte_rate"))
                rates.add(new ClientQuotaAlteration.Op(rate, Double.valueOf(words[2])));
              var everybody = new HashMap<String, String>();
              everybody.put(ClientQuotaEntity.CLIENT_ID, null);
              admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                new ClientQuotaEntity(everybody), rates))).all().get();
            }
            case "remove" -> admin.deleteTopics(List.of(words[2])).all().get();
            case "allow" -> {
              var rights = new ArrayList<AclBinding>();
              for (var operation : List.of(AclOperation.READ, AclOperation.WRITE))
                rights.add(right(ResourceType.TOPIC, words[3], words[2], operation));
              rights.add(right(ResourceType.GROUP, words[3], words[2], AclOperation.READ));
              admin.createAcls(rights).all().get();
            }
            default -> throw new IllegalArgumentException(words[1]);
          }
        }
      }

      static AclBinding right(
          ResourceType type, String prefix, String user, AclOperation operation) {
        return new AclBinding(
          new ResourcePattern(type, prefix, PatternType.PREFIXED),
          new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
      }
    }
    """
}
