import Ledger

extension LedgerEntry: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let account {
      bytes.append(json: #""account":"#, account.rawValue)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(json: #""balances":["#)
    bytes.append(jsonList: balances) { $0.write(to: &$1) }
    bytes.append(json: #"],"cause":"#)
    cause.write(to: &bytes)
    bytes.append(json: #","demands":["#)
    bytes.append(jsonList: demands) { $0.write(to: &$1) }
    bytes.append(json: #"],"lots":["#)
    bytes.append(jsonList: lots) { $0.write(to: &$1) }
    bytes.append(UInt8(ascii: "]"))
    if let more { bytes.append(json: #","more":"#, more) }
    bytes.append(json: #","moves":["#)
    bytes.append(jsonList: moves) { $0.write(to: &$1) }
    bytes.append(json: #"],"part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","postings":["#)
    bytes.append(jsonList: postings) { $0.write(to: &$1) }
    bytes.append(UInt8(ascii: "]"))
    if let receipts {
      bytes.append(json: #","receipts":"#)
      receipts.write(to: &bytes)
    }
    bytes.append(json: #","received":"#, received)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    account = try members.optional("account")
    balances = try members.value("balances")
    cause = try members.value("cause")
    demands = try members.value("demands")
    lots = try members.value("lots")
    more = try members.optional("more")
    moves = try members.value("moves")
    part = try members.value("part")
    plant = try members.value("plant")
    postings = try members.value("postings")
    receipts = try members.optional("receipts")
    received = try members.value("received")
  }
}

extension Cause: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","revision":"#, revision)
    bytes.append(json: #","withdrawal":"#, withdrawal)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    line = try members.value("line")
    revision = try members.value("revision")
    withdrawal = try members.optional("withdrawal")
  }
}

extension LotState: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"clave":"#, clave)
    if let discharge {
      bytes.append(json: #","discharge":"#)
      discharge.write(to: &bytes)
    }
    bytes.append(json: #","dueOn":"#, dueOn)
    bytes.append(json: #","enteredOn":"#, enteredOn)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","lot":"#, lot)
    if let moved {
      bytes.append(json: #","moved":"#)
      moved.write(to: &bytes)
    }
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    clave = try members.value("clave")
    discharge = try members.optional("discharge")
    dueOn = try members.optional("dueOn")
    enteredOn = try members.value("enteredOn")
    line = try members.value("line")
    lot = try members.value("lot")
    moved = try members.optional("moved")
    pedimento = try members.value("pedimento")
    quantity = try members.value("quantity")
    value = try members.value("value")
  }
}

extension DischargeReference: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"component":"#, Int64(component))
    bytes.append(json: #","date":"#, date)
    bytes.append(json: #","directed":"#, directed)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","product":"#, product)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    component = try members.value("component")
    date = try members.value("date")
    directed = try members.value("directed")
    document = try members.value("document")
    line = try members.value("line")
    product = try members.value("product")
  }
}

extension LotBalance: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    JSONLine.append(to: &bytes, literals: 64, numbers: 4) { line in
      line.member(#"{"discharged":"#, discharged)
      line.member(#","lot":"#, lot)
      line.member(#","movedOut":"#, movedOut)
      line.member(#","value":"#, value)
      line.literal("}")
    }
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    discharged = try members.value("discharged")
    lot = try members.value("lot")
    movedOut = try members.value("movedOut")
    value = try members.value("value")
  }
}

extension DemandState: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"clave":"#, clave)
    bytes.append(json: #","date":"#, date)
    bytes.append(json: #","demand":"#, demand)
    bytes.append(json: #","document":"#, document)
    bytes.append(json: #","gone":"#, gone)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","product":"#, product)
    bytes.append(json: #","shortage":"#, shortage)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    clave = try members.value("clave")
    date = try members.value("date")
    demand = try members.value("demand")
    document = try members.value("document")
    gone = try members.value("gone")
    line = try members.value("line")
    product = try members.optional("product")
    shortage = try members.value("shortage")
    toPlant = try members.optional("toPlant")
  }
}

extension Posting: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    JSONLine.append(to: &bytes, literals: 96, numbers: 8) { line in
      line.member(#"{"demand":"#, demand)
      line.member(#","incorporated":"#, incorporated)
      line.member(#","lot":"#, lot)
      line.member(#","posting":"#, posting)
      if let reverses { line.member(#","reverses":"#, reverses) }
      line.member(#","scrap":"#, scrap)
      line.member(#","value":"#, value)
      line.member(#","waste":"#, waste)
      line.literal("}")
    }
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    demand = try members.value("demand")
    incorporated = try members.value("incorporated")
    lot = try members.value("lot")
    posting = try members.value("posting")
    reverses = try members.optional("reverses")
    scrap = try members.value("scrap")
    value = try members.value("value")
    waste = try members.value("waste")
  }
}

extension MoveTaking: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"clave":"#, clave)
    bytes.append(json: #","dueOn":"#, dueOn)
    bytes.append(json: #","enteredOn":"#, enteredOn)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","move":"#)
    move.write(to: &bytes)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(json: #","value":"#, value)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    clave = try members.value("clave")
    dueOn = try members.optional("dueOn")
    enteredOn = try members.value("enteredOn")
    line = try members.value("line")
    move = try members.value("move")
    pedimento = try members.value("pedimento")
    quantity = try members.value("quantity")
    toPlant = try members.value("toPlant")
    value = try members.value("value")
  }
}
