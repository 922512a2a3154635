using System.Security.Cryptography;

namespace PetShop.Web.Recommendations;

/// <summary>Names for people who must not be named: the same person has the same one, and nobody is found by it.</summary>
public static class Pseudonyms
{
    private static readonly string[] Manners =
        ["Amber", "Brave", "Calm", "Dapper", "Early", "Fond", "Gentle", "Hazel", "Ivory", "Jolly", "Keen", "Lucky", "Merry", "Noble", "Quiet", "Silver"];

    private static readonly string[] Animals =
        ["Badger", "Crane", "Dormouse", "Egret", "Fox", "Gecko", "Heron", "Ibis", "Jay", "Kestrel", "Lark", "Marten", "Newt", "Otter", "Puffin", "Wren"];

    /// <summary>As in "Quiet Heron 3f".</summary>
    public static string Of(Guid id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id.ToByteArray(), hash);
        return $"{Manners[hash[0] % Manners.Length]} {Animals[hash[1] % Animals.Length]} {hash[2]:x2}";
    }
}
