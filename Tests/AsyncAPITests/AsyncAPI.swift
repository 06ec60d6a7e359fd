import Foundation
import YAMLDocument

/// `schemas/asyncapi.yaml`, read for the tests.
struct AsyncAPI: Sendable {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas")

  let document: YAMLDocument

  init() throws { document = try YAMLDocument(Self.folder.appending(path: "asyncapi.yaml")) }

  /// A channel by its name.
  struct Channel: Sendable {
    var name: String
    var address: String
    var kafka: YAMLValue
    var messages: [Message]
  }

  /// A message of a channel.
  struct Message: Sendable {
    var name: String
    var contentType: String?
    /// The pattern of its key; nil where any key will do.
    var key: String?
    var hasKey: Bool
    /// The schema files that its payload is one of, with what follows the `#`.
    var payload: [String]
    var isEmpty: Bool
    var headers: YAMLValue
  }

  var channels: [Channel] {
    document.root["channels"].members.sorted { $0.key < $1.key }.map { name, channel in
      Channel(
        name: name, address: channel["address"].text ?? "",
        kafka: document.resolve(channel["bindings"])["kafka"],
        messages: channel["messages"].members.sorted { $0.key < $1.key }.map { name, message in
          self.message(name, document.resolve(message))
        })
    }
  }

  private func message(_ name: String, _ message: YAMLValue) -> Message {
    // What traits say holds where the message says nothing itself.
    let traits = message["traits"].elements.map(document.resolve)
    let keys = ([message] + traits).map { $0["bindings"]["kafka"]["key"] }
      .filter { !$0.isMissing }.map(document.resolve)
    let headers = ([message] + traits).map { $0["headers"] }.first { !$0.isMissing }
    return Message(
      name: name, contentType: message["contentType"].text, key: keys.first?["pattern"].text,
      hasKey: keys.count == 1, payload: Self.references(message["payload"]),
      isEmpty: message["payload"]["type"].text == "null", headers: headers ?? .missing)
  }

  /// Every file that a payload refers to.
  private static func references(_ value: YAMLValue) -> [String] {
    switch value {
    case .map(let map):
      if let reference = map["$ref"]?.text { return [reference] }
      return map.sorted { $0.key < $1.key }.flatMap { references($0.value) }
    case .list(let list): return list.flatMap(references)
    default: return []
    }
  }

  /// What a service does with a channel.
  struct Operation: Hashable, Sendable {
    var action: String
    var channel: String
    var group: String?
  }

  /// The operations by their names, each with the messages that it is limited to.
  var operations: [String: (operation: Operation, messages: [String])] {
    document.root["operations"].members.mapValues { operation in
      let channel = operation["channel"]["$ref"].text?.split(separator: "/").last ?? ""
      return (
        Operation(
          action: operation["action"].text ?? "", channel: String(channel),
          group: operation["bindings"]["kafka"]["groupId"]["const"].text),
        operation["messages"].elements.compactMap { message in
          let names = message["$ref"].text?.split(separator: "/") ?? []
          return names.count == 5 && names[2] == channel ? names.last.map(String.init) : nil
        }
      )
    }
  }
}
