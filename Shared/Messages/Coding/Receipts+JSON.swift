import Ledger

extension Receipts: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"document":"#, document)
    bytes.append(json: #","latest":"#, latest)
    bytes.append(json: #","sums":["#)
    bytes.append(jsonList: sums) { $0.write(to: &$1) }
    bytes.append(json: "]}")
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    document = try members.value("document")
    latest = try members.value("latest")
    sums = try members.value("sums")
  }
}

extension Receipts.Sum: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"quantity":"#, quantity)
    bytes.append(json: #","uom":"#, Int64(uom.code))
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    quantity = try members.value("quantity")
    uom = try members.value("uom")
  }
}
