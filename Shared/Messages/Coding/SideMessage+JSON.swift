import Ledger

extension SideMessage: Codable {
  private enum CodingKeys: String, CodingKey { case kind }
  private enum Kind: String, Codable { case side, decision, withdrawal }

  /// Reads one flat object: the message's own members, and `kind`, which says what it is.
  public init(from decoder: any Decoder) throws {
    let kind = try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .kind)
    switch kind {
    case .side: self = .side(try TransferSide(from: decoder))
    case .decision: self = .decision(try PairDecision(from: decoder))
    case .withdrawal: self = .withdrawal(try WithdrawalMessage(from: decoder))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .side(let side):
      try container.encode(Kind.side, forKey: .kind)
      try side.encode(to: encoder)
    case .decision(let decision):
      try container.encode(Kind.decision, forKey: .kind)
      try decision.encode(to: encoder)
    case .withdrawal(let withdrawal):
      try container.encode(Kind.withdrawal, forKey: .kind)
      try withdrawal.encode(to: encoder)
    }
  }
}

extension SideMessage: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    switch self {
    case .side(let side): side.write(to: &bytes)
    case .decision(let decision): decision.write(to: &bytes, kind: true)
    case .withdrawal(let withdrawal): withdrawal.write(to: &bytes)
    }
  }

  public init(_ node: JSONNode) throws(MessageError) {
    guard node.isObject else { throw MessageError(field: "", what: "expected an object") }
    guard let kind = node["kind"] else { throw MessageError(field: "kind", what: "is missing") }
    if kind.equals("side") {
      self = .side(try TransferSide(json: node))
    } else if kind.equals("decision") {
      self = .decision(try PairDecision(json: node))
    } else if kind.equals("withdrawal") {
      self = .withdrawal(try WithdrawalMessage(json: node))
    } else {
      throw MessageError(field: "kind", what: "\"\(kind.excerpt)\" is not a known word")
    }
  }
}

extension TransferSide: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"chain":["#)
    bytes.append(jsonList: chain) { $1.append(jsonString: $0) }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(json: #","date":"#, date)
    bytes.append(json: #","kind":"side","lines":["#)
    bytes.append(jsonList: lines) { $0.write(to: &$1) }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(json: #","names":"#, names)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","receiver":"#, receiver)
    bytes.append(json: #","revision":"#, revision)
    bytes.append(json: #","role":"#, role.rawValue)
    bytes.append(json: #","root":"#, root)
    bytes.append(json: #","sender":"#, sender)
    bytes.append(json: #","state":"#, state.rawValue)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    chain = try members.value("chain")
    date = try members.optional("date")
    members.skip("kind")
    lines = try members.value("lines")
    names = try members.optional("names")
    pedimento = try members.value("pedimento")
    receiver = try members.value("receiver")
    revision = try members.value("revision")
    role = try members.value("role")
    root = try members.value("root")
    sender = try members.value("sender")
    state = try members.value("state")
  }
}

extension TransferLine: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"line":"#, Int64(line))
    bytes.append(json: #","nico":"#, nico)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","tariffItem":"#, tariffItem)
    bytes.append(json: #","uom":"#, Int64(uom.code))
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    line = try members.value("line")
    nico = try members.value("nico")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    tariffItem = try members.value("tariffItem")
    uom = try members.value("uom")
    value = try members.value("value")
  }
}

extension PairDecision: MemberReadable {
  /// - Parameter kind: whether the object says what it is, as on `saldo.sides`.
  func write(to bytes: inout [UInt8], kind: Bool = false) {
    bytes.append(json: #"{"by":"#, by)
    bytes.append(json: #","decision":"#, decision.rawValue)
    bytes.append(json: #","fingerprint":"#, fingerprint)
    bytes.append(json: #","id":"#, id)
    if kind { bytes.append(json: #","kind":"decision""#) }
    bytes.append(json: #","reason":"#, reason)
    bytes.append(json: #","receiver":"#)
    receiver.write(to: &bytes)
    bytes.append(json: #","sender":"#)
    sender.write(to: &bytes)
    bytes.append(json: #","source":"#, source)
    bytes.append(json: #","time":"#, time)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    by = try members.value("by")
    decision = try members.value("decision")
    fingerprint = try members.value("fingerprint")
    id = try members.value("id")
    members.skip("kind")
    reason = try members.value("reason")
    receiver = try members.value("receiver")
    sender = try members.value("sender")
    source = try members.value("source")
    time = try members.value("time")
  }
}

extension TransferDocument: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"pedimento":"#, pedimento)
    bytes.append(json: #","rfc":"#, rfc)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    pedimento = try members.value("pedimento")
    rfc = try members.value("rfc")
  }
}

extension TransferRole: JSONReadable {}
extension TransferSide.State: JSONReadable {}
extension PairVerdict: JSONReadable {}
