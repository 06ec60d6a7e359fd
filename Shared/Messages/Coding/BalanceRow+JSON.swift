import Ledger

extension BalanceRow: LogMessage, MemberReadable {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"balance":"#, balance)
    bytes.append(json: #","discharged":"#, discharged)
    bytes.append(json: #","dueOn":"#, dueOn)
    bytes.append(json: #","enteredOn":"#, enteredOn)
    bytes.append(json: #","line":"#, Int64(line))
    bytes.append(json: #","movedOut":"#, movedOut)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","received":"#, received)
    bytes.append(json: #","row":"#, row)
    bytes.append(json: #","schema":"saldo.report.balance.v1""#)
    bytes.append(json: #","value":"#, value)
    bytes.append(json: #","valueLeft":"#, valueLeft)
    bytes.append(json: #","version":"#, version)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) { try self.init(json: node) }

  init(_ members: inout MemberReader) throws(MessageError) {
    balance = try members.value("balance")
    discharged = try members.value("discharged")
    dueOn = try members.optional("dueOn")
    enteredOn = try members.value("enteredOn")
    line = try members.value("line")
    movedOut = try members.value("movedOut")
    part = try members.value("part")
    pedimento = try members.value("pedimento")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    received = try members.value("received")
    row = try members.value("row")
    schema = try members.value("schema")
    value = try members.value("value")
    valueLeft = try members.value("valueLeft")
    version = try members.value("version")
  }
}
