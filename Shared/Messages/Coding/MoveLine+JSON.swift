import Ledger

extension MoveLine: MemberReadable {
  func write(to bytes: inout [UInt8]) {
    bytes.append(json: #"{"avisos":["#)
    bytes.append(jsonList: avisos) { $1.append(jsonString: $0) }
    bytes.append(json: #"],"date":"#, date)
    bytes.append(json: #","part":"#, part)
    bytes.append(json: #","plant":"#, plant)
    bytes.append(json: #","quantity":"#, quantity)
    bytes.append(json: #","toPlant":"#, toPlant)
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    avisos = try members.value("avisos")
    date = try members.value("date")
    part = try members.value("part")
    plant = try members.value("plant")
    quantity = try members.value("quantity")
    toPlant = try members.value("toPlant")
  }
}
