namespace PetShop.Web.Reviews;

/// <summary>Reviews by people who bought the thing.</summary>
public static class ReviewServices
{
    public static void AddReviews(this IHostApplicationBuilder builder) => builder.Services.AddScoped<ReviewDesk>();
}
