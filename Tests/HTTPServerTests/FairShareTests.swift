import Testing

@testable import HTTPServer

@Suite struct FairShareTests {
  @Test("Others have their turn after so many bytes, or so many calls without any")
  func turns() {
    var share = FairShare()
    let bytes = (0..<64).map { _ in share.isOver(after: 64 << 10) }
    #expect(bytes.count(where: \.self) == 4)
    let calls = (0..<320).map { _ in share.isOver(after: FairShare.call) }
    #expect(calls.count(where: \.self) == 10)
  }
}
