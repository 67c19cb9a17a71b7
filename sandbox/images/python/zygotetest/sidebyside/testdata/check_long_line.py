# mode: check
value = some_function_with_a_long_name(argument_number_one, argument_number_two, argument_number_three, argument_number_four four)
