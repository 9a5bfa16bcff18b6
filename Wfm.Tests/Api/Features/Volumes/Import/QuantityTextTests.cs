using System.Globalization;
using System.Text;
using FsCheck;
using Wfm.Api.Features.Volumes.Import;

namespace Wfm.Tests.Api.Features.Volumes.Import;

public sealed class QuantityTextTests
{
    [FsCheck.NUnit.Property]
    public void Parse_AnyNumber_IsTakenExactlyWhereItIsInRange(NormalFloat number)
    {
        var reason = QuantityText.Parse(Encoding.UTF8.GetBytes(number.Get.ToString("R", CultureInfo.InvariantCulture)), out var value);

        value.Should().Be(number.Get);
        (reason is null).Should().Be(number.Get is >= 0 and <= QuantityText.Maximum);
    }

    [FsCheck.NUnit.Property]
    public void Parse_AnyCount_IsTaken(NonNegativeInt number)
    {
        QuantityText.Parse(Encoding.UTF8.GetBytes($"{number.Get}"), out var value).Should().BeNull();

        value.Should().Be(number.Get);
    }

    [TestCase("1,000")]
    [TestCase("0x10")]
    [TestCase("--1")]
    [TestCase("1 2")]
    [TestCase("true")]
    [TestCase("[…]")]
    public void Parse_NoNumber_SaysSo(string text) => QuantityText.Parse(Encoding.UTF8.GetBytes(text), out _).Should().StartWith("is not a number");

    [Test]
    public void Parse_MinusZero_IsZero()
    {
        QuantityText.Parse("-0"u8, out var value).Should().BeNull();

        double.IsNegative(value).Should().BeFalse();
    }
}
