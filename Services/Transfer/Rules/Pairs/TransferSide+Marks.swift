import Ledger
import Messages

extension TransferSide {
  /// By what the side is found while it counts; nothing once it is withdrawn.
  var marks: [SideMark] {
    guard state == .counts, let date else { return [] }
    var marks = chain.map { Self.inChain($0, own) }
    marks.append(Self.counting(pedimento, own))
    marks.append(Self.root(root, own))
    if let names {
      marks.append(Self.naming(names, own))
    } else if !lines.isEmpty {
      marks += goodsMarks(own)
    }
    return marks.map { SideMark(text: $0, date: date) }
  }

  /// The marks of goods like this side's, on sides between the same companies.
  func goodsMarks(_ between: Between) -> [String] {
    let goods = Goods(lines)
    return [("p", goods.byPart), ("t", goods.byTariffItem)].map { kind, sums in
      // A fingerprint: the sides that are found are compared as a whole.
      between.mark(kind, String(Fingerprint.of(Goods.text(sums)), radix: 16))
    }
  }

  /// The mark of a side whose chain holds a document.
  static func inChain(_ number: String, _ between: Between) -> String {
    between.mark("c", number)
  }

  /// The mark of the side of a document that counts.
  static func counting(_ number: String, _ between: Between) -> String {
    between.mark("d", number)
  }

  /// The mark of sides whose chains begin with a document.
  static func root(_ number: String, _ between: Between) -> String { between.mark("r", number) }

  /// The mark of sides that name a document.
  static func naming(_ number: String, _ between: Between) -> String { between.mark("n", number) }

  /// Where this side's own marks lie.
  var own: Between { Between(sender: sender, receiver: receiver, role: role) }
  /// Where the marks of its counterparts lie.
  var opposite: Between {
    Between(sender: sender, receiver: receiver, role: role == .sender ? .receiver : .sender)
  }

  /// The company's document.
  var document: TransferDocument {
    TransferDocument(pedimento: pedimento, rfc: role == .sender ? sender : receiver)
  }

  /// The id of the row that the side leads: whose document it is, the other company, the root.
  var transferID: String {
    role == .sender ? "\(sender):\(receiver):\(root)" : "\(receiver):\(sender):\(root)"
  }
}

/// Sides of one role between two companies.
struct Between: Hashable {
  var sender: String
  var receiver: String
  var role: TransferRole

  func mark(_ kind: String, _ text: String) -> String {
    [sender, receiver, role == .sender ? "s" : "r", kind, text].joined(separator: "\u{1F}")
  }
}
