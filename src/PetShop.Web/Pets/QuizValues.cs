using Microsoft.EntityFrameworkCore;
using PetShop.Data;

namespace PetShop.Web.Pets;

/// <summary>What matters to a shopper: everything told with any living pet, and what they said without one.</summary>
public static class QuizValues
{
    /// <summary>Brings a shopper's values up to date after one pet changed; call it in the transaction of that change.</summary>
    /// <param name="before">What was told with the pet before: it goes unless another pet still says it.</param>
    public static Task FollowAsync(PetShopDb db, Guid shopperId, string[] before, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        UPDATE shoppers s SET quiz_values = ARRAY(
            (SELECT unnest(s.quiz_values) EXCEPT SELECT unnest({before}))
            UNION SELECT unnest(p.quiz_values) FROM pets p WHERE p.shopper_id = s.id AND p.died_on IS NULL
            ORDER BY 1)
        WHERE s.id = {shopperId}
        """, cancel);
}
