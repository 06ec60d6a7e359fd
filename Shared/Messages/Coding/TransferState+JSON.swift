import Ledger

extension TransferState: LogMessage {
  public func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"candidates":["#)
    bytes.append(jsonList: candidates) { $0.write(to: &$1) }
    bytes.append(json: #"],"decisions":["#)
    bytes.append(jsonList: decisions) { $0.write(to: &$1) }
    bytes.append(json: #"],"differs":["#)
    bytes.append(jsonList: differs) { $1.append(jsonString: $0.rawValue) }
    bytes.append(json: #"],"id":"#, id)
    bytes.append(json: #","pairing":"#, pairing?.rawValue)
    if let receiver {
      bytes.append(json: #","receiver":"#)
      receiver.write(to: &bytes)
    }
    bytes.append(json: #","receiverRFC":"#, receiverRFC)
    bytes.append(json: #","revision":"#, revision)
    if let sender {
      bytes.append(json: #","sender":"#)
      sender.write(to: &bytes)
    }
    bytes.append(json: #","senderRFC":"#, senderRFC)
    bytes.append(json: #","state":"#, state.rawValue)
    bytes.append(UInt8(ascii: "}"))
  }

  public init(_ node: JSONNode) throws(MessageError) {
    var members = try MemberReader(node)
    candidates = try members.value("candidates")
    decisions = try members.value("decisions")
    differs = try members.value("differs")
    id = try members.value("id")
    pairing = try members.optional("pairing")
    receiver = try members.optional("receiver")
    receiverRFC = try members.value("receiverRFC")
    revision = try members.value("revision")
    sender = try members.optional("sender")
    senderRFC = try members.value("senderRFC")
    state = try members.value("state")
  }
}

extension TransferParty: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"date":"#, date)
    bytes.append(json: #","lines":["#)
    bytes.append(jsonList: lines) { $0.write(to: &$1) }
    bytes.append(UInt8(ascii: "]"))
    bytes.append(json: #","names":"#, names)
    bytes.append(json: #","pedimento":"#, pedimento)
    bytes.append(json: #","root":"#, root)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    date = try members.value("date")
    lines = try members.value("lines")
    names = try members.optional("names")
    pedimento = try members.value("pedimento")
    root = try members.value("root")
  }
}

extension TransferState.State: JSONReadable {}
extension TransferState.Pairing: JSONReadable {}
extension TransferDifference: JSONReadable {}
