import Ledger

extension Movement: Codable {
  private enum CodingKeys: String, CodingKey { case kind }
  private enum Kind: String, Codable { case lot, demand, stock, settle, transit, withdrawal }

  /// Reads one flat object: the movement's own members, and `kind`, which says what it is.
  public init(from decoder: any Decoder) throws {
    let kind = try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .kind)
    switch kind {
    case .lot: self = .lot(try LotMovement(from: decoder))
    case .demand: self = .demand(try DemandMovement(from: decoder))
    case .stock: self = .stock(try StockMovement(from: decoder))
    case .settle: self = .settle(try SettleMovement(from: decoder))
    case .transit: self = .transit(try TransitMovement(from: decoder))
    case .withdrawal: self = .withdrawal(try WithdrawalMessage(from: decoder))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .lot(let lot):
      try container.encode(Kind.lot, forKey: .kind)
      try lot.encode(to: encoder)
    case .demand(let demand):
      try container.encode(Kind.demand, forKey: .kind)
      try demand.encode(to: encoder)
    case .stock(let stock):
      try container.encode(Kind.stock, forKey: .kind)
      try stock.encode(to: encoder)
    case .settle(let settle):
      try container.encode(Kind.settle, forKey: .kind)
      try settle.encode(to: encoder)
    case .transit(let transit):
      try container.encode(Kind.transit, forKey: .kind)
      try transit.encode(to: encoder)
    case .withdrawal(let withdrawal):
      try container.encode(Kind.withdrawal, forKey: .kind)
      try withdrawal.encode(to: encoder)
    }
  }
}

extension Movement: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    switch self {
    case .lot(let lot): lot.write(to: &bytes)
    case .demand(let demand): demand.write(to: &bytes)
    case .stock(let stock): stock.write(to: &bytes)
    case .settle(let settle): settle.write(to: &bytes)
    case .transit(let transit): transit.write(to: &bytes)
    case .withdrawal(let withdrawal): withdrawal.write(to: &bytes)
    }
  }

  public init(_ node: JSONNode) throws(MessageError) {
    guard node.isObject else { throw MessageError(field: "", what: "expected an object") }
    guard let kind = node["kind"] else { throw MessageError(field: "kind", what: "is missing") }
    if kind.equals("lot") {
      self = .lot(try LotMovement(json: node))
    } else if kind.equals("demand") {
      self = .demand(try DemandMovement(json: node))
    } else if kind.equals("stock") {
      self = .stock(try StockMovement(json: node))
    } else if kind.equals("settle") {
      self = .settle(try SettleMovement(json: node))
    } else if kind.equals("transit") {
      self = .transit(try TransitMovement(json: node))
    } else if kind.equals("withdrawal") {
      self = .withdrawal(try WithdrawalMessage(json: node))
    } else {
      throw MessageError(field: "kind", what: "\"\(kind.excerpt)\" is not a known word")
    }
  }
}

extension LotMovement: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"clave":"#, clave)
    bytes.append(json: #","dueOn":"#, dueOn)
    bytes.append(json: #","enteredOn":"#, enteredOn)
    bytes.append(json: #","kind":"lot","line":"#, Int64(line))
    if let moved {
      bytes.append(json: #","moved":"#)
      moved.write(to: &bytes)
    }
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","revision":"#, revision)
    bytes.append(json: #","value":"#, value)
    bytes.append(json: #","withdrawal":"#, withdrawal)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    clave = try members.value("clave")
    dueOn = try members.optional("dueOn")
    enteredOn = try members.value("enteredOn")
    members.skip("kind")
    line = try members.value("line")
    moved = try members.optional("moved")
    part = try members.value("part")
    pedimento = try members.value("pedimento")
    plant = try members.value("plant")
    quantity = try members.optional("quantity")
    revision = try members.value("revision")
    value = try members.optional("value")
    withdrawal = try members.optional("withdrawal")
  }
}

extension MoveReference: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"date":"#, date)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","plant":"#, plant)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    date = try members.value("date")
    document = try members.value("document")
    line = try members.value("line")
    plant = try members.value("plant")
  }
}

extension DemandMovement: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let account {
      bytes.append(json: #""account":"#, account.rawValue)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""clave":"#, clave)
    bytes.append(json: #","component":"#, Int64(component))
    bytes.append(json: #","date":"#, date)
    if let directed {
      bytes.append(json: #","directed":["#)
      bytes.append(jsonList: directed) { $0.write(to: &$1) }
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","incorporated":"#, incorporated)
    bytes.append(json: #","kind":"demand","line":"#, Int64(line))
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","product":"#, product)
    bytes.append(json: #","revision":"#, revision)
    bytes.append(json: #","scrap":"#, scrap)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(json: #","waste":"#, waste)
    bytes.append(json: #","withdrawal":"#, withdrawal)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    account = try members.optional("account")
    clave = try members.value("clave")
    component = try members.value("component")
    date = try members.value("date")
    directed = try members.optional("directed")
    document = try members.value("document")
    incorporated = try members.optional("incorporated")
    members.skip("kind")
    line = try members.value("line")
    part = try members.value("part")
    plant = try members.value("plant")
    product = try members.optional("product")
    revision = try members.value("revision")
    scrap = try members.optional("scrap")
    toPlant = try members.optional("toPlant")
    waste = try members.optional("waste")
    withdrawal = try members.optional("withdrawal")
  }
}

extension EntryReference: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"line":"#, Int64(line))
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    line = try members.value("line")
    pedimento = try members.value("pedimento")
  }
}

extension StockMovement: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","fingerprint":"#, fingerprint)
    bytes.append(json: #","id":"#, id)
    bytes.append(json: #","kind":"stock""#)
    bytes.append(json: #","location":"#, location)
    bytes.append(json: #","movement":"#, movement.rawValue)
    bytes.append(json: #","occurredAt":"#, occurredAt)
    bytes.append(json: #","order":"#, order)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","source":"#, source)
    bytes.append(json: #","uom":"#, Int64(uom.code))
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    fingerprint = try members.value("fingerprint")
    id = try members.value("id")
    members.skip("kind")
    location = try members.optional("location")
    movement = try members.value("movement")
    occurredAt = try members.value("occurredAt")
    order = try members.optional("order")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    source = try members.value("source")
    uom = try members.value("uom")
  }
}

extension SettleMovement: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"kind":"settle","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    members.skip("kind")
    part = try members.value("part")
    plant = try members.value("plant")
  }
}
