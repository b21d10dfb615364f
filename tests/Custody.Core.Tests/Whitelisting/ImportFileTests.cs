using Custody.Core.Whitelisting;
using Xunit;

namespace Custody.Core.Tests.Whitelisting;

public sealed class ImportFileTests
{
    [Fact]
    public void Read_PlainAndQuotedFields_AreTheirText()
    {
        var lines = Read($"{ImportFile.Header}\r\ne1,c1,eip155:1,0xab,plain\r\n\r\ne2,c2,eip155:1,0xcd,\"a, \"\"b\"\"\nc\"\ne3,c3,eip155:1,0xef,last")!;

        Assert.Equal(
            [
                new ImportLine(2, "e1", "c1", "eip155:1", "0xab", "plain", null),
                new ImportLine(4, "e2", "c2", "eip155:1", "0xcd", "a, \"b\"\nc", null),
                new ImportLine(6, "e3", "c3", "eip155:1", "0xef", "last", null),
            ],
            lines);
    }

    [Fact]
    public void Read_AWrongLine_SpoilsNoOther()
    {
        var lines = Read($"{ImportFile.Header}\na,b\ne1,c1,eip155:1,0xab,x\n")!;

        Assert.NotNull(lines[0].Problem);
        Assert.Null(lines[1].Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("entry,customer,address,chain,label\n")]
    [InlineData("e1,c1,eip155:1,0xab,x\n")]
    public void Read_AnotherHeader_IsNoFile(string text) => Assert.Null(Read(text));

    [Fact]
    public void Read_NotUtf8OrTooLong_IsNoFile()
    {
        Assert.Null(ImportFile.Read([0xff, 0xfe], out _));
        Assert.Null(Read(ImportFile.Header + string.Concat(Enumerable.Repeat("\na,b,c,d,e", ImportFile.MostLines + 1))));
    }

    private static IReadOnlyList<ImportLine>? Read(string text) => ImportFile.Read(System.Text.Encoding.UTF8.GetBytes(text), out _);
}
